"""Activities: what moderators set up, and how their runs begin and end."""
