"""`make bench`: the catalogue at ten thousand and at a million IKM, filled and measured on a server of its own.

The first group makes the data, the second measures them, the third says what came out:

- `words.py` `country.py` `rows.py`   names, places and the rows of the catalogue, from a fixed seed
- `bulk.py` `judged.py` `build.py`    loading by COPY, assessments as copies of real ones, all steps in their order
- `place.py` `web.py`                 the PostgreSQL and the gunicorn that are measured
- `browser.py` `cast.py` `lines.py`   who asks, and for what
- `measuring.py` `bare.py` `writing.py`   times of answers, the floor beneath them, the cost of triggers and indexes
- `report.py`                         the table on the terminal and in docs/performance.md
"""
