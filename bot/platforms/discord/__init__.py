"""Discord: discord.py for the wire; everything else is translated at this edge."""
