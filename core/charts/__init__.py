"""What can be plotted, one file each."""
