"""The history as files for somebody else: CSV and XLSX for people, JSON Lines for programs (docs/export.md).

`telling` puts facts into lines, page by page, in the reader's language; `csv_lines`, `workbook` and `json_lines` write
them. However long the history, one page of it is in memory. What a spreadsheet could take for a formula is made
harmless in one place, `safe`. Who exports is shown no more than on their pages: a masked reader gets codes.
"""

from factboard.exporting.csv_lines import csv_pages
from factboard.exporting.json_lines import json_line, json_pages
from factboard.exporting.telling import COLUMNS, Line, Lines, Page, pages
from factboard.exporting.workbook import About, workbook

__all__ = ["COLUMNS", "About", "Line", "Lines", "Page", "csv_pages", "json_line", "json_pages", "pages", "workbook"]
