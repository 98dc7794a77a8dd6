"""A monotonic clock that moves only while somebody sleeps."""

from collections.abc import Callable


class Watch:
    def __init__(self) -> None:
        self.seconds = 100.0
        self.interrupt: Callable[[], object] | None = None
        """Happens once, in the middle of the next sleep."""

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        if self.interrupt is not None:
            happen, self.interrupt = self.interrupt, None
            happen()
        self.seconds += seconds
