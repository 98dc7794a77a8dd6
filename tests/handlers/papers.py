"""Files that the bot has sent, as their receiver opens them."""

import csv
from dataclasses import dataclass
from io import BytesIO, StringIO

from openpyxl import load_workbook

from sandbox.person import Person
from sandbox.telegram import Telegram


@dataclass(frozen=True)
class Papers:
    telegram: Telegram

    def data(self, person: Person) -> bytes:
        """The newest file."""
        sent = [each.attachment for each in person.messages if "document" in each.attachment]
        return self.telegram.world.files.find(sent[-1]["document"]["file_id"]).upload.data

    def count(self, person: Person) -> int:
        return sum("document" in each.attachment for each in person.messages)

    def name(self, person: Person) -> str:
        sent = [each.attachment for each in person.messages if "document" in each.attachment]
        return str(sent[-1]["document"]["file_name"])

    def sheet(self, person: Person) -> list[list[str]]:
        """Row by row, headings first."""
        page = load_workbook(BytesIO(self.data(person))).worksheets[0]
        return [[str(cell or "") for cell in row] for row in page.values]

    def table(self, person: Person) -> list[list[str]]:
        """Of a CSV file as Excel reads it here."""
        data = self.data(person)
        assert data.startswith(b"\xef\xbb\xbf")
        return list(csv.reader(StringIO(data.decode("utf-8-sig")), delimiter=";"))
