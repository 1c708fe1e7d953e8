"""The letters, words and numbers of a text, as they are compared."""
