"""A clock one can push forward, for the demo and for journeys."""

from collections.abc import Callable
from datetime import datetime, timedelta


class PushedClock:
    """Runs with the system's clock from `start` on, may be pushed ahead, never goes back."""

    def __init__(self, system: Callable[[], datetime], start: datetime) -> None:
        self._system = system
        self._ahead: timedelta = start - system()
        self._latest = start

    def now(self) -> datetime:
        # The system's own clock may be set back while we run.
        self._latest = max(self._latest, self._system() + self._ahead)
        return self._latest

    def push_to(self, moment: datetime) -> None:
        if moment < self.now():
            raise ValueError(f"{moment} is past: it is {self._latest}")
        self._ahead = moment - self._system()
        self._latest = moment
