"""Who belongs together: the community as a graph."""
