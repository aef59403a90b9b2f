"""A study as somebody adds one: a file and its words."""
