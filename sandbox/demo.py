"""`make demo`: the whole bot on SQLite against the sandbox, with a seeded year to play in.

The year is 2024, in which the plan's roster of 2023 still holds; the clock can be pushed to any
later day. Everything lives in a fresh file under `var/demo`, made anew at each start.
"""

import asyncio
import shutil
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot import logs
from bot.app import App
from bot.clock import system_clock
from bot.running import run
from bot.settings import Settings
from sandbox import page
from sandbox.clock import PushedClock
from sandbox.seeded import CAST, INVITE, Seed
from sandbox.telegram import Telegram

FOLDER = Path("var/demo")
START = datetime(2024, 9, 20, 2, 0, tzinfo=UTC)
"""09:00 on Friday 20 September 2024, one working day before the first reminder."""
PORT = 8090


async def demo(port: int) -> None:
    clock = PushedClock(system_clock, START)
    telegram = Telegram(now=clock.now, port=port)
    settings = Settings(
        _env_file=None,
        bot_token=telegram.token,
        telegram_api_url=f"http://127.0.0.1:{port}",
        database_url=f"sqlite:///{FOLDER / 'tiendo.db'}",
        files_dir=FOLDER / "files",
        log_level="WARNING",
    )
    app = App(settings, clock=clock.now)
    await app.start()
    people = [telegram.person(p.chat_id, p.name, about=p.about) for p in CAST]
    with app.database.transaction() as session:
        for silent in Seed(session, app.services.catalogue, clock.now()).sow():
            telegram.person(silent.chat_id, silent.name)
    telegram.add_routes(
        page.routes(telegram, people, clock, lambda: app.ticker.next_due(clock.now()))
    )
    async with telegram:
        tell(port)
        await run(app, _stopped())


def _stopped() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def tell(port: int) -> None:
    sys.stdout.write(
        f"\n  tiendo demo: open http://127.0.0.1:{port}\n\n"
        "  Five people share the page. Type /baocao as Lan, /tiendo as Hoa, /thongbao as Thu;\n"
        f"  Võ Bình An has been invited: type /start {INVITE}\n"
        "  Push the clock to the next reminder and watch it come. Ctrl-C ends the demo.\n\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    logs.configure("WARNING")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    asyncio.run(demo(int(sys.argv[1]) if len(sys.argv) > 1 else PORT))
