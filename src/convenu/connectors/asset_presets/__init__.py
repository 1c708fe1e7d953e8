"""Correspondences of tools whose inventory export is known from a source, each named with its date in the file."""
