"""The law as it stood on a day: dated values with their sources, handed in by the library."""
