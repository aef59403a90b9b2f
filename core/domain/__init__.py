"""Words as frozen types and pure rules, on the standard library alone."""
