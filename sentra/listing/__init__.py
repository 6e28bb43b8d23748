"""Lists of records: what a list shows, in which order, page by page, and what each person keeps of it.

A list is declared once (`declared.DeclaredList`): its filter, its columns, its orders. The page, the headings that
sort, the keyset paging, the choice of columns and the saved filters all read that declaration. Rooms above declare
their own lists and register them under a key (`declared.register`).
"""
