"""What a contract says, before it is judged: nature, provisions, values, dates, marks, references."""
