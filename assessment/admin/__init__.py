"""Instruments and rounds in the admin. Assessments, steps and decisions are not there at all.

parts.py       what the pages of an instrument's parts share: a draft is written, what was published is read
rows.py        tables of parts below a page
forms.py       forms of parts; gate_form.py that of a gate
seen.py        a page is saved only over what it showed
instrument.py  criterion.py  indicator.py  gate.py   one page each, from the instrument down
pages.py       copying, publishing, retiring, downloading
report.py      what is said of a draft before it is published
round.py       rounds
"""

from assessment.admin import criterion, gate, indicator, instrument, round

__all__ = ["criterion", "gate", "indicator", "instrument", "round"]
