"""What takes long to work out of a community, kept for commands to read: one file a study."""
