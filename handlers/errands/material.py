"""What files are made of: read on a desk; put into words and cells on a thread of their own."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from handlers.language import Words
from plan.calendars import local_date
from plan.catalogue import Catalogue
from plan.reminding.rules import Rules


@dataclass(frozen=True, slots=True)
class Material:
    """`session` is closed once all has been gathered."""

    session: Session
    words: Words
    catalogue: Catalogue
    rules: Rules
    now: datetime

    @property
    def today(self) -> date:
        return local_date(self.now)
