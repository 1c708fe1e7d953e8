"""All that comes before a signature: scoping, clauses, rules."""
