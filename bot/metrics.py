"""What is counted, for Prometheus. Labels are words of ours: never a person's, never the token."""

from sqlite3 import sqlite_version
from time import monotonic as system_monotonic

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    generate_latest,
)
from sqlalchemy import Connection, Engine, event

from storage.stock import Stock

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600)
SHORT = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 10)
BEGUN = "metrics_begun"
NEVER = float("inf")
"""The age of a backup that was never made: above whatever an alarm is set to."""


class Metrics:
    """One for each `App`, with a registry of its own. Its methods may be called on any thread."""

    def __init__(self) -> None:
        self.registry = here = CollectorRegistry()
        ProcessCollector(registry=here)
        self._updates = Counter("updates", "By what became of them", ["result"], registry=here)
        self._sends = Counter("sends", "Tries, by what became of them", ["result"], registry=here)
        self._unknown = Counter("outbox_unknown", "Held: perhaps sent", registry=here)
        self._waits = Counter("retry_after_seconds", "Waited as Telegram demanded", registry=here)
        self._pushes = Counter("webhook_answers", "To who pushes", ["status"], registry=here)
        self._lag = _times("update_lag_seconds", "From taken in to handled", SECONDS, here)
        self._lateness = _times("reminder_lateness_seconds", "From due to decided", SECONDS, here)
        self._transactions = _times("db_tx_seconds", "Including the wait", SHORT, here)
        self._loop_lag = Gauge("loop_lag_seconds", "How late the event loop is", registry=here)
        self._letters = Gauge("outbox", "Letters", ["state", "lane"], registry=here)
        self._oldest = Gauge("oldest_queued_seconds", "That could leave", ["lane"], registry=here)
        self._backup = Gauge("backup_age_seconds", "Of the last backup", registry=here)
        # Until the database has told of one, there is none.
        self._backup.set(NEVER)

    def updated(self, result: str, lag: float | None = None, times: int = 1) -> None:
        """`applied`, `duplicate`, `dropped`, `dead` or `malformed`.

        `lag` is from taking in to the commit.
        """
        self._updates.labels(result).inc(times)
        if lag is not None:
            self._lag.observe(max(lag, 0))

    def pushed(self, status: int) -> None:
        """What Telegram, or somebody else, was answered at the webhook."""
        self._pushes.labels(str(status)).inc()

    def sent(self, fate: str) -> None:
        """Of a reply, `unknown` is no end: it is sent again. See `left_unknown`."""
        self._sends.labels(fate).inc()

    def left_unknown(self, times: int) -> None:
        """Letters that are held until a person decides: that this grows is worth an alarm."""
        self._unknown.inc(times)

    def waited(self, seconds: float) -> None:
        """As Telegram demanded by `retry_after`."""
        self._waits.inc(seconds)

    def reminded(self, lateness: float) -> None:
        """Seconds from when a step fell due until it was decided."""
        self._lateness.observe(max(lateness, 0))

    def lagged(self, seconds: float) -> None:
        self._loop_lag.set(seconds)

    def watch(self, engine: Engine) -> None:
        """Times the transactions, and names the library where that is the database."""
        event.listen(engine, "begin", _begin, insert=True)
        event.listen(engine, "commit", self._end)
        event.listen(engine, "rollback", self._end)
        if engine.dialect.name == "sqlite":
            library = Info("sqlite_version", "The library", registry=self.registry)
            library.info({"version": sqlite_version})

    def page(self, stock: Stock | None) -> bytes:
        """All of it as Prometheus reads it; without the stock where the database is away."""
        self._letters.clear()
        self._oldest.clear()
        if stock:
            for (state, lane), count in stock.letters.items():
                self._letters.labels(state, lane.name.lower()).set(count)
            for lane, seconds in stock.oldest.items():
                self._oldest.labels(lane.name.lower()).set(seconds)
            self._backup.set(NEVER if stock.backup_age is None else stock.backup_age)
        return generate_latest(self.registry)

    def _end(self, connection: Connection) -> None:
        begun = connection.info.pop(BEGUN, None)
        if begun is not None:
            self._transactions.observe(system_monotonic() - begun)


def _begin(connection: Connection) -> None:
    connection.info[BEGUN] = system_monotonic()


def _times(
    name: str, what: str, buckets: tuple[float, ...], registry: CollectorRegistry
) -> Histogram:
    return Histogram(name, what, buckets=buckets, registry=registry)
