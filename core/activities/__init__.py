"""What the community does on a schedule, one file each."""
