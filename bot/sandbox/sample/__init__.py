"""The sample community: who is there, and what they would have done, the same at every start."""

from bot.sandbox.sample.cast import Cast, Habit, Soul, load
from bot.sandbox.sample.script import Script, Turn

__all__ = ["Cast", "Habit", "Script", "Soul", "Turn", "load"]
