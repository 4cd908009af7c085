"""Bringing in what a team has today, from the file it really has.

Pure: bytes in, a `Plan` out; nothing here writes, waits or speaks a language. The way through the rooms:
`sheets` (bytes to rows of cells: `delimited`, `workbook`) -> `layout` (which sheet, which row is the header,
which column is what: `headers`) -> `rows` (a line to typed values or problems: `values`, `dates`,
`national_id`) -> `plan` (new, corrected, put on the board, or left alone: `matching`). `messages` has the
sentence for every problem. Whoever wires it carries the plan out through the recorder.
"""
