"""Convenu: what an MSP and its client agreed, written, checked and carried out from one typed value."""

__version__ = "0.1.0"
