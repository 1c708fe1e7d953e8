"""The checks behind the rules, one module a subject; importing this package registers them all."""

from convenu.agreement.rules import payment

__all__ = ["payment"]
