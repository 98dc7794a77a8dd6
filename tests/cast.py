"""The people of the tests, each with a role. They are nobody in particular."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from handlers.joining import NOTICE_VERSION
from sandbox.person import Person
from sandbox.telegram import Telegram
from storage.database import Database
from storage.people import People


@dataclass(frozen=True)
class Cast:
    """Each verb brings one person on stage, with consent given and role held."""

    database: Database
    telegram: Telegram
    now: Callable[[], datetime]

    def lan(self) -> Person:
        """Focal point of District 1."""
        return self.member(101, "Nguyễn Thị Lan", "quan-1", "focal")

    def minh(self) -> Person:
        """Focal point of the Department of Education and Training."""
        return self.member(102, "Lê Văn Minh", "so-gddt", "focal")

    def vy(self) -> Person:
        """The other focal point of District 1."""
        return self.member(106, "Đỗ Tường Vy", "quan-1", "focal")

    def hoa(self) -> Person:
        """Official of the standing agency, who reviews."""
        return self.member(103, "Phạm Thị Hoa", "so-vhtt", "official")

    def thu(self) -> Person:
        """Administrator at the standing agency."""
        return self.member(104, "Trần Minh Thu", "so-vhtt", "admin")

    def an(self) -> Person:
        """A stranger."""
        return self.telegram.person(105, "Võ Bình An")

    def member(self, chat_id: int, name: str, agency_id: str, role: str) -> Person:
        with self.database.transaction() as session:
            people = People(session)
            person_id = people.welcome("telegram", str(chat_id), name, self.now())
            people.consent(person_id, NOTICE_VERSION, self.now())
            people.join(person_id, agency_id, role, self.now())
        return self.telegram.person(chat_id, name)
