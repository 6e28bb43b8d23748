"""Dates and times where a page names no format of its own, as in the admin: "24 November 2026, 13.05 WIB".

Django's Indonesian formats also read the American order (05/13/2026) and years of two digits; here a day that is typed
so is asked for again instead of being guessed.
"""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H.i T"
DATETIME_FORMAT = "j F Y, H.i T"
SHORT_DATE_FORMAT = "d-m-Y"
SHORT_DATETIME_FORMAT = "d-m-Y H.i T"
DATE_INPUT_FORMATS = ["%d-%m-%Y", "%d/%m/%Y"]
DATETIME_INPUT_FORMATS = ["%d-%m-%Y %H.%M.%S", "%d-%m-%Y %H.%M"]
