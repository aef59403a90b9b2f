"""Setting up, rules, privacy and the books."""
