"""Live delivery: what is on the team's screens is what is true, or the screens say that it may not be.

The hub keeps the newest frame of each watched view and hands the same bytes to every screen that watches it.
`docs/live.md` has the wire and the reasons.
"""
