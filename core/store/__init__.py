"""The only place that speaks SQL: one unit of work, one file for each aggregate."""
