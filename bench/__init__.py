"""Speeds that Convenu promises, measured beside other tools, in one run on one machine."""
