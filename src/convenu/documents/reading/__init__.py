"""A stranger's document read into text with positions: one module a format, `reader.read` for all of them."""
