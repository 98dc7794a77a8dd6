"""What is held about the person who asks, in plain words."""

from dataclasses import dataclass
from datetime import date

from handlers.commands import LANGUAGES
from handlers.joining import role_name
from handlers.language import Markup, Words, join
from plan import retention
from plan.calendars import local_date
from storage.agencies import Agencies
from storage.holdings import Account
from storage.people import Member
from storage.tables import DataRequest, Membership, Person


@dataclass(frozen=True, slots=True)
class Held:
    """The paragraphs of the answer; `controller` answers for the data."""

    words: Words
    member: Member
    person: Person
    account: Account
    reminders: int
    erasure: DataRequest | None
    agencies: Agencies
    controller: str

    def told(self) -> list[Markup]:
        return [self._who(), self._done(), self._periods(), self._rights()]

    def _who(self) -> Markup:
        words, person = self.words, self.person
        lines = [
            words("<b>Your personal data</b>"),
            words("Full name: {name}", name=person.full_name),
            words("Language: {language}", language=LANGUAGES[person.language]),
            words("Your number on Telegram: {address}", address=self.member.address),
            words("Known since: {day}", day=words.day(local_date(person.created_at))),
            self._consent(),
            *(self._role(held) for held in self.account.roles),
        ]
        if not self.account.roles:
            lines.append(words("Role: none"))
        return join(lines)

    def _consent(self) -> Markup:
        words, person = self.words, self.person
        if person.consented_at is None:
            return words("Consent: none")
        return words(
            "Consent: at {time}, to the privacy notice of {version}",
            time=words.moment(person.consented_at),
            version=_dated(words, person.consent_version or ""),
        )

    def _role(self, held: Membership) -> Markup:
        words = self.words
        since = local_date(held.since_at)
        role = words(
            "Role: {role} of {agency}, since {day}",
            role=role_name(words, held.role),
            agency=self.agencies.named(held.agency_id, since).name,
            day=words.day(since),
        )
        if held.until_at is None:
            return role
        ended = words("until {day}", day=words.day(local_date(held.until_at)))
        return join([role, ended], " ")

    def _done(self) -> Markup:
        words, account = self.words, self.account
        answers = ", ".join(
            words("{year}: {count}", year=year, count=words.number(count))
            for year, count in account.answers.items()
        )
        lines = [
            words("<b>What you have done here</b>"),
            words("Answers recorded: {answers}", answers=answers or words("none")),
            words("Texts of the report: {count}", count=account.texts),
            words("Files sent: {count}", count=account.files),
            words("Reminders of your own: {count}", count=self.reminders),
            self._question(),
            words("Entries in the log of changes: {count}", count=words.number(account.entries)),
        ]
        if self.erasure is not None:
            due = words.moment(self.erasure.due_at)
            lines.append(words("Deletion asked for; it is due at {time}.", time=due))
        return join(lines)

    def _question(self) -> Markup:
        words, since = self.words, self.account.question_since_at
        if since is None:
            return words("Open question: none")
        return words("Open question: one, of {time}", time=words.moment(since))

    def _periods(self) -> Markup:
        words = self.words
        return join(
            [
                words("<b>How long it is kept</b>"),
                words(
                    "• Name, number, role, consent: until you ask for deletion, or {days} days "
                    "after your last role has ended.",
                    days=retention.FORMER.length.days,
                ),
                words(
                    "• Messages you send: {updates} days. Texts of the system's messages to you: "
                    "{letters} days. An open question: {questions} days.",
                    updates=retention.UPDATES.length.days,
                    letters=retention.LETTERS.length.days,
                    questions=retention.QUESTIONS.length.days,
                ),
                words(
                    "• Figures, statuses, texts and evidence belong to your agency and are kept "
                    "with its report. The log of changes is kept for good, with your internal "
                    "number {n} instead of your name.",
                    n=self.member.person_id,
                ),
            ]
        )

    def _rights(self) -> Markup:
        words = self.words
        return join(
            [
                words("Controller: {controller}.", controller=self.controller),
                words(
                    "Everything in full is in the file that follows. To correct your name, type "
                    "/dulieucuatoi ten. To delete your data and withdraw consent, type /xoadulieu."
                ),
            ]
        )


def _dated(words: Words, version: str) -> str:
    """Notices are called by their day, but for some of old."""
    try:
        return words.day(date.fromisoformat(version))
    except ValueError:
        return version


def of_stranger(words: Words, address: str, controller: str) -> Markup:
    return join(
        [
            words("<b>Your personal data</b>"),
            words(
                "You have no role here, so no name and no consent of yours is kept. What you "
                "write, with your number {address} on Telegram, and the answers to it are deleted "
                "after {days} days.",
                address=address,
                days=retention.STRANGERS.length.days,
            ),
            words("Controller: {controller}.", controller=controller),
            words("To delete it now, type /xoadulieu."),
        ]
    )
