"""The desks and what each of them handles, woken when there is something to do."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from bot.desk import Desk
from bot.handling import Handled, Handling
from bot.waiting import Piece, either

LOOK_SECONDS = 0.5
"""How often a desk looks for what another process has taken in."""


class Staff:
    def __init__(
        self,
        desks: Sequence[Desk],
        build_handling: Callable[[], Handling],
        handled: Callable[[Handled], None],
    ) -> None:
        """`handled` is told of each batch, on the event loop."""
        self.desks, self.handled = desks, handled
        self.handlings = [build_handling() for _ in desks]
        self._waiting = [asyncio.Event() for _ in desks]

    def wake(self) -> None:
        for event in self._waiting:
            event.set()

    async def handle(self, number: int) -> int:
        """One batch of one desk; returns how many updates it was."""
        desk, handling = self.desks[number], self.handlings[number]
        handled = await desk.run(handling.batch, desk.number, desk.of)
        self.handled(handled)
        return handled.count

    async def handle_all(self) -> int:
        """One batch of each desk, one desk after the other."""
        return sum([await self.handle(desk.number) for desk in self.desks])

    @property
    def pieces(self) -> list[Piece]:
        """Each handles for ever what comes to one desk."""
        return [partial(self._handle_for_ever, desk.number) for desk in self.desks]

    async def close(self) -> None:
        """Waits for the work at hand."""
        for desk in self.desks:
            await asyncio.to_thread(desk.close)

    async def _handle_for_ever(self, number: int) -> None:
        while True:
            self._waiting[number].clear()
            if not await self.handle(number):
                await either(self._waiting[number], LOOK_SECONDS)
