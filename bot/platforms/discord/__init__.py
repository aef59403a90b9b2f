"""Discord: discord.py for the wire; everything else is translated at this edge."""

from bot.platforms.discord.platform import Discord

__all__ = ["Discord"]
