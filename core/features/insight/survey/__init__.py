"""Surveys: what they say, and how moderators set them up."""
