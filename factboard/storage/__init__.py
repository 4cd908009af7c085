"""What is kept, and where: tables, migrations, the history and the states projected from it.

SQLAlchemy Core on aiosqlite or asyncpg. What differs between the two engines stands in `engine`, nowhere else.
Only the recorder appends to the history.
"""
