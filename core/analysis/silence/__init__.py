"""Who falls silent: what is known of people at a cut-off, what it foretells, and how true that was."""
