"""Discord: discord.py for the wire; everything else is translated at this edge.

Empty, so that reading an export doesn't load the SDK.
"""
