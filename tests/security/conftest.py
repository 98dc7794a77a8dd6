"""The people and the office of the conversations' tests."""

from tests.handlers.conftest import an, boss, hoa, lan, office, thu, vy
from tests.handlers.health.conftest import ward

__all__ = ["an", "boss", "hoa", "lan", "office", "thu", "vy", "ward"]
