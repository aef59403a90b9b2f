"""Features as a newcomer would add them: each in one file, found by walking the package."""
