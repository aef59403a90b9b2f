"""The report: one page that needs no other file."""
