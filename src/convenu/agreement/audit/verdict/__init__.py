"""What is missing or dangerous in a contract, by the same rules as ours, and with its words."""
