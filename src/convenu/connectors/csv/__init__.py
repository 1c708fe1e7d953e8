"""Files of separated values."""
