"""Recommenders: pure estimators and their evaluation."""
