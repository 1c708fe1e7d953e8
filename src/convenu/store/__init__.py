"""What is kept: Django models and migrations; rows to and from domain values."""
