"""Inventories that agents write of one machine."""
