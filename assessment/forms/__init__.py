"""The forms of the assessment room.

evidence.py   fields for new evidence
indicator.py  one indicator of the sheet, built from the rules
section.py    one criterion of the sheet: what is sent in one go
visit.py      the field visit
start.py      the beginning of an assessment
"""
