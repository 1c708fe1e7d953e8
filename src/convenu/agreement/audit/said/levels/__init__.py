"""Service levels as a contract writes them."""
