"""The library that lawyers edit, and the only code that reads it: clauses, rules, questions, segments, dated law."""
