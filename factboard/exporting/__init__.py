"""The history as files for somebody else: CSV and XLSX for people, JSON Lines for programs (docs/export.md).

`telling` puts facts into lines in the reader's language; `csv_lines`, `xlsx` and `json_lines` write them, page by page:
however long the history, one page of it is in memory. What a spreadsheet could take for a formula is made harmless in
one place, `safe`; `disclosing` logs what leaves. Who exports is shown no more than on their pages: a masked reader gets
codes.
"""

from factboard.exporting.csv_lines import MARK, csv_pages, csv_text
from factboard.exporting.disclosing import EXPORTED, NotLogged, disclosed, logged, spelled
from factboard.exporting.json_lines import json_line, json_pages
from factboard.exporting.telling import COLUMNS, Line, Lines, pages
from factboard.exporting.xlsx import About, workbook

__all__ = [
    "COLUMNS",
    "EXPORTED",
    "MARK",
    "About",
    "Line",
    "Lines",
    "NotLogged",
    "csv_pages",
    "csv_text",
    "disclosed",
    "json_line",
    "json_pages",
    "logged",
    "pages",
    "spelled",
    "workbook",
]
