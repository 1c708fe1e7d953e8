"""What the library says of recognition, and how its cues are written."""
