"""What members and moderators can do."""
