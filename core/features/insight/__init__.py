"""What owners and moderators read."""
