"""The playground's community: its people, what they did before one came in, and its clock."""
