"""The audit of a stranger's contract: what it settles, what it says, what is missing or dangerous, each traced to its words."""
