"""How an admin works on notices: typed as a person types, the clock pushed over the undo."""

from dataclasses import dataclass
from datetime import timedelta

from bot.app import App
from sandbox.clock import PushedClock
from sandbox.person import Person
from sandbox.telegram import Telegram
from storage.broadcasts import Broadcasts
from storage.recipients import Recipients
from storage.tables import Broadcast
from storage.tallies import Tally

NOTICE = "Mời họp <b>9h & 14h</b> ngày 20/9"
HEAD = "Thông báo của cơ quan thường trực"


@dataclass(frozen=True)
class Press:
    app: App
    telegram: Telegram
    clock: PushedClock

    async def compose(self, admin: Person, audience: str = "2", text: str = NOTICE) -> str:
        await admin.send("/thongbao")
        await admin.send(text)
        return await admin.send(audience)

    async def send(self, admin: Person, audience: str = "2", text: str = NOTICE) -> None:
        await self.compose(admin, audience, text)
        await admin.send("gửi")
        await self.passes()

    async def passes(self, seconds: float = 31) -> None:
        """The time, with whatever the clock does meanwhile."""
        self.later(seconds)
        for _ in range(3):
            await self.app.tick()
            await self.telegram.settle()
            self.later(4)

    def later(self, seconds: float) -> None:
        self.clock.push_to(self.clock.now() + timedelta(seconds=seconds))

    def notice(self, number: int = 1) -> Broadcast:
        with self.app.database.transaction() as session:
            found = Broadcasts(session).get(number)
            assert found
            session.expunge_all()
            return found

    def tally(self, number: int = 1) -> Tally:
        with self.app.database.transaction() as session:
            return Recipients(session).tally(number)
