"""Where updates are taken in, however they come: the hasty are slowed, the rest is kept."""

from collections.abc import Callable, Sequence

from bot.clock import Clock
from bot.desk import Desk
from bot.flood import Flood, Raw
from bot.hasty import tell_hasty
from bot.metrics import Metrics
from storage.database import Database
from storage.inbox import Inbox


class Reception:
    """Its state belongs to its desk's thread: `keep` and `tell` both work there."""

    def __init__(
        self,
        bot_id: int,
        database: Database,
        desk: Desk,
        clock: Clock,
        *,
        metrics: Metrics,
        wake: Callable[[], None],
    ) -> None:
        self.bot_id, self.database, self.desk, self.clock = bot_id, database, desk, clock
        self.metrics, self.wake = metrics, wake
        self.flood = Flood()

    async def keep(self, updates: Sequence[Raw]) -> None:
        """Returns when they are in the inbox, committed: now Telegram may forget them."""
        await self.desk.run(self._keep, updates)
        self.wake()

    def tell(self) -> None:
        """Who was too fast hears of it. Runs on the desk."""
        with self.database.transaction() as session:
            tell_hasty(self.flood, session, self.clock())

    def _keep(self, updates: Sequence[Raw]) -> None:
        now = self.clock()
        admitted, dropped = self.flood.admit(updates, now)
        with self.database.transaction() as session:
            new = Inbox(session).take_in(self.bot_id, admitted, now)
        self.metrics.updated("duplicate", times=len(admitted) - new)
        self.metrics.updated("dropped", times=sum(dropped.values()))
