"""The command line: the same verbs and the same JSON as the application."""
