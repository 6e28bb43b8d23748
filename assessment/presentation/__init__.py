"""A result, the steps and a review in the words and shapes of the pages. Pure: no query, no clock, no HTML.

figures.py  points, levels and counts as words
result.py   the sentence of a result, bars, the ruler of bands
reasons.py  what limits a result: capped levels, gates, closed nominations
way.py      the way to the next band
outlook.py  the requirements before an assessment begins
sheet.py    the score sheet: sections, indicators, level cards, evidence
sending.py  what is said before a proposal is sent
steps.py    the line of steps
review.py   the ticks and counts of a review
distance.py how far a piece of evidence was taken from its sentra
"""
