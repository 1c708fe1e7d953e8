"""Looking for cues in a contract: where they stand, whether they are denied, and whose act they tell."""
