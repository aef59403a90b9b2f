"""Pure functions over arrays and graphs; nothing here opens a database."""
