"""Correspondences of tools whose export is known from a source, each named with its date in the file."""
