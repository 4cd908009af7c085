"""The recorder: the one door for change.

Load what is known, let a rule decide, append its facts and project them, remember the answer: one transaction.
After the commit the screens are told; nothing after the commit turns success into an error. The same request
twice is one fact and one answer.
"""

from factboard.recorder.answers import answered, remember
from factboard.recorder.desk import Clock, Desk, Receipt, Rule
from factboard.recorder.door import Recorder, new_id

__all__ = ["Clock", "Desk", "Receipt", "Recorder", "Rule", "answered", "new_id", "remember"]
