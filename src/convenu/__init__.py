"""Convenu: what an MSP and its client agreed, written, checked and carried out from one typed value."""

import zoneinfo

__version__ = "0.1.0"

# A clock computed today is the same tomorrow and elsewhere: zones come from the locked `tzdata`, never from the machine.
zoneinfo.reset_tzpath(to=())
