"""What was agreed: every value typed, with its unit, its origin and its state."""
