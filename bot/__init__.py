"""The edge: everything that knows a platform, a screen, a clock or a process."""
