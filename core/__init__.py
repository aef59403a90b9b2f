"""What is the same on every platform: no SDK is imported below here."""
