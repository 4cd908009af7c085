"""The rules of the board, and nothing else.

Standard library only: no clock, no await, no SQL, no language. A rule is a pure function of what has
happened and of the moment it is given; it answers with new facts (`events`) or refuses (`refusal`).
"""
