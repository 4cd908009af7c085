"""What people look at: one file a job (board, flag, client, history ...), and the rooms that all jobs share.

`pages` renders, `language` chooses the words' language, `words` holds the tables of words. A job reads from
`storage` and changes only through the recorder; no job imports another job.
"""
