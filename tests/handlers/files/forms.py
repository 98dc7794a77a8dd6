"""The workbook in a person's hands: asked for, filled in, sent back."""

from dataclasses import dataclass

from sandbox.person import Person
from sandbox.telegram import Telegram
from tests.exports.forms import Answers, filled


@dataclass(frozen=True)
class Forms:
    telegram: Telegram

    async def ask(self, person: Person, command: str = "/bieumau") -> bytes:
        await person.send(command)
        return self.last(person)

    def last(self, person: Person) -> bytes:
        """The newest file that the bot has sent."""
        sent = [each.attachment for each in person.messages if "document" in each.attachment]
        return self.telegram.world.files.find(sent[-1]["document"]["file_id"]).upload.data

    async def send(self, person: Person, form: bytes, answers: Answers) -> str:
        return await person.send_document(filled(form, answers), "bieu-mau-quan-1.xlsx")
