"""Files and tables that people bring; no database, no analysis."""
