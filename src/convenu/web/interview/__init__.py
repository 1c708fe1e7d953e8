"""The interview on screen: the inputs of each term, and back from what a person typed."""
