"""One package for each platform, behind one port."""
