"""Whole years of tickets at once: the table expressions of `service`, run by DuckDB on one machine."""
