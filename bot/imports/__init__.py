"""Histories that other programs exported, read as Kith's own."""
