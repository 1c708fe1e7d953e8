"""What these tests share."""

from tests.houses import house, quick_passwords

__all__ = ["house", "quick_passwords"]
