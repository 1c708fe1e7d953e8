"""The tools of an MSP, a folder each: what they exported becomes facts, and what cannot be read is told."""
