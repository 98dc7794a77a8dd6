"""Only what was looked at can be decided on, never by those who made it, and all of it is kept."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime

import pytest
from sqlmodel import Session, col, select

from plan.answers import Share
from plan.approval import Refusal
from storage.approvals import Approvals, Official, Stale
from storage.awaiting import Waiting
from storage.database import Database
from storage.easings import Easings
from storage.people import People
from storage.reports import Reports
from storage.tables import AuditRow, Decision, Report
from storage.versions import Change, Versions

REASON = "Mẫu số là số thư viện cấp xã, không phải số điểm đọc sách."
DECISIONS = ("report.returned", "report.approved", "report.reopened")
TODAY, FRIDAY = date(2024, 9, 16), date(2024, 9, 20)


@dataclass(frozen=True)
class Desk:
    """A report of District 1 with two figures and a status, sent by Lan; Hoa decides."""

    session: Session
    report: Report
    lan: int
    hoa: Official

    @property
    def number(self) -> int:
        assert self.report.id
        return self.report.id

    @property
    def approvals(self) -> Approvals:
        return Approvals(self.session)

    def answer(self, code: str, numerator: int, person_id: int = 0, document: str = "") -> None:
        Reports(self.session).record(
            self.report,
            code,
            Share(numerator, 15),
            words=f"{numerator}/15",
            as_of_on=TODAY,
            person_id=person_id or self.lan,
            channel="telegram",
            now=self.hoa.now,
            document=document,
        )

    def send(self, person_id: int = 0) -> None:
        assert Reports(self.session).submit(self.report, person_id or self.lan, self.hoa.now)

    def approve(self, seen: int = 1) -> object:
        return self.approvals.approve(self.number, seen, self.hoa)

    def pick(self, *codes: str, seen: int = 1) -> object:
        return self.approvals.approve_some(self.number, seen, codes, self.hoa)

    def open_to_change(self, *codes: str) -> list[bool]:
        return [self.approvals.may_change(self.report, code) for code in codes]

    def send_back(self, *codes: str, seen: int = 1, reason: str = REASON) -> object:
        return self.approvals.send_back(
            self.number, seen, codes, reason=reason, until_on=FRIDAY, by=self.hoa
        )

    def reopen(self, reason: str = REASON, seen: int = 1) -> object:
        return self.approvals.reopen(self.number, seen, reason=reason, by=self.hoa)


@pytest.fixture
def desk(session: Session, lan: int, now: datetime) -> Desk:
    hoa = People(session).welcome("telegram", "103", "Phạm Thị Hoa", now)
    report = Reports(session).open("quan-1", 2024, now)
    desk = Desk(session, report, lan, Official(hoa, "telegram", now, TODAY))
    desk.answer("TV1.3", 12)
    desk.answer("TV2.3", 5)
    Reports(session).mark(
        report, "IV.10.a", "done", note="", person_id=lan, channel="telegram", now=now
    )
    desk.send()
    return desk


def test_what_was_looked_at_is_approved(desk: Desk) -> None:
    decided = desk.approve()
    assert isinstance(decided, Decision)
    assert (decided.kind, decided.version, decided.person_id) == ("approved", 1, desk.hoa.person_id)
    assert desk.report.state == "approved"
    assert desk.approvals.of(desk.number) == [decided]


def test_what_is_approved_is_locked(desk: Desk) -> None:
    desk.approve()
    Reports(desk.session).reopen(desk.report, desk.hoa.now)
    assert not Reports(desk.session).submit(desk.report, desk.lan, desk.hoa.now)
    assert not desk.approvals.may_change(desk.report, "TV1.3")
    assert (desk.report.state, desk.report.version) == ("approved", 1)


def test_a_second_press_changes_nothing(desk: Desk) -> None:
    desk.approve()
    assert desk.approve() == Stale("approved", 1, ())
    assert desk.send_back("TV1.3") == Stale("approved", 1, ())
    desk.reopen()
    assert desk.reopen() == Stale("submitted", 1, ())
    assert len(desk.approvals.of(desk.number)) == 2


def test_another_version_is_refused_with_the_difference(desk: Desk) -> None:
    Reports(desk.session).reopen(desk.report, desk.hoa.now)
    desk.answer("TV1.3", 13)
    desk.answer("VH2", 1)
    desk.send()
    changes = (Change("TV1.3", "12/15", "13/15"), Change("VH2", "", "1/15"))
    assert desk.approve(seen=1) == Stale("submitted", 2, changes)
    assert desk.report.state == "submitted"
    assert isinstance(desk.approve(seen=2), Decision)


def test_what_is_being_corrected_cannot_be_approved(desk: Desk) -> None:
    Reports(desk.session).reopen(desk.report, desk.hoa.now)
    desk.answer("TV1.3", 13)
    assert desk.approve() == Stale("draft", 1, (Change("TV1.3", "12/15", "13/15"),))


def test_nobody_approves_what_they_sent(desk: Desk) -> None:
    own = replace(desk.hoa, person_id=desk.lan)
    assert desk.approvals.approve(desk.number, 1, own) is Refusal.OWN
    assert desk.report.state == "submitted"


def test_nobody_approves_what_they_entered_from_paper(desk: Desk) -> None:
    Reports(desk.session).reopen(desk.report, desk.hoa.now)
    desk.answer("TV1.3", 13, person_id=desk.hoa.person_id, document="123/BC-UBND")
    desk.send()
    assert desk.approve(seen=2) is Refusal.OWN
    kept = Reports(desk.session).figures(desk.report)
    assert (kept["TV1.3"].document, kept["TV2.3"].document) == ("123/BC-UBND", "")


def test_the_agencys_leader_may_agree_to_their_own_and_the_office_decides(desk: Desk) -> None:
    own = replace(desk.hoa, person_id=desk.lan)
    assert isinstance(desk.approvals.endorse(desk.number, 1, own), Decision)
    assert desk.report.state == "submitted"
    assert isinstance(desk.approve(), Decision)


def test_a_return_opens_what_was_picked_and_nothing_else(desk: Desk) -> None:
    decided = desk.send_back("TV1.3")
    assert isinstance(decided, Decision)
    assert (decided.reason, decided.until_on) == (REASON, FRIDAY)
    assert (desk.report.state, desk.report.return_until_on) == ("returned", FRIDAY)
    assert desk.report.returned_at == desk.hoa.now
    open_to = {code: desk.approvals.may_change(desk.report, code) for code in ("TV1.3", "TV2.3")}
    assert open_to == {"TV1.3": True, "TV2.3": False}


def test_what_was_not_answered_yet_is_open_after_a_return(desk: Desk) -> None:
    desk.send_back("TV1.3")
    assert desk.approvals.may_change(desk.report, "VH2")


def test_a_second_return_opens_only_its_own(desk: Desk) -> None:
    desk.send_back("TV1.3")
    desk.answer("TV1.3", 13)
    desk.send()
    desk.send_back("TV2.3", "IV.10.a", seen=2)
    codes = ("TV1.3", "TV2.3", "IV.10.a")
    assert [desk.approvals.may_change(desk.report, code) for code in codes] == [False, True, True]
    assert [each.version for each in desk.approvals.of(desk.number)] == [1, 2]


@pytest.mark.parametrize(
    ("codes", "reason", "refusal"),
    [
        pytest.param(["TV1.3"], "sai số", Refusal.REASON, id="no-reason"),
        pytest.param([], REASON, Refusal.NOTHING_PICKED, id="nothing-picked"),
        pytest.param(["VH1"], REASON, Refusal.UNKNOWN_CODE, id="not-in-the-report"),
    ],
)
def test_a_return_without_its_parts_is_refused(
    desk: Desk, codes: list[str], reason: str, refusal: Refusal
) -> None:
    assert desk.send_back(*codes, reason=reason) is refusal
    assert (desk.report.state, desk.approvals.of(desk.number)) == ("submitted", [])


def test_reopening_needs_a_reason_and_undoes_the_approval(desk: Desk) -> None:
    desk.approve()
    assert desk.reopen("nhầm") is Refusal.REASON
    assert isinstance(desk.reopen(), Decision)
    assert (desk.report.state, desk.report.version) == ("submitted", 1)
    assert isinstance(desk.send_back("TV1.3"), Decision)


def test_a_closed_year_can_be_reopened(desk: Desk) -> None:
    desk.report.state = "frozen"
    assert isinstance(desk.reopen(), Decision)
    assert desk.report.state == "submitted"


def test_only_what_was_approved_can_be_reopened(desk: Desk) -> None:
    assert desk.reopen() == Stale("submitted", 1, ())


def test_each_version_is_kept_as_it_was_sent(desk: Desk) -> None:
    desk.send_back("TV1.3")
    desk.answer("TV1.3", 13)
    desk.send()
    versions = Versions(desk.session)
    first, second = versions.of(desk.number)
    assert versions.answers(desk.number, first)["TV1.3"] == "12/15"
    assert versions.answers(desk.number, second)["TV1.3"] == "13/15"
    assert versions.answers(desk.number, first)["IV.10.a"] == "done"


def test_the_log_says_who_decided_what_and_holds_no_words(desk: Desk) -> None:
    desk.send_back("TV2.3", "TV1.3")
    desk.answer("TV1.3", 13)
    desk.send()
    desk.approve(seen=2)
    desk.reopen(seen=2)
    query = select(AuditRow).where(col(AuditRow.action).in_(DECISIONS)).order_by(col(AuditRow.id))
    told = [(row.action, row.subject, row.before, row.after) for row in desk.session.exec(query)]
    assert told == [
        (
            "report.returned",
            "quan-1 2024 v1",
            "submitted",
            "returned until 2024-09-20 TV1.3 TV2.3",
        ),
        ("report.approved", "quan-1 2024 v2", "submitted", "approved"),
        ("report.reopened", "quan-1 2024 v2", "approved", "submitted"),
    ]


def test_what_is_picked_is_approved_and_locked_and_the_others_wait(desk: Desk) -> None:
    decided = desk.pick("TV1.3", "IV.10.a")
    assert isinstance(decided, Decision)
    assert (decided.kind, desk.report.state) == ("partly", "submitted")
    assert desk.approvals.picked(decided.id or 0) == {"TV1.3", "IV.10.a"}
    assert desk.approvals.held(desk.report).waiting == {"TV2.3"}
    assert [each.approved for each in desk.approvals.waiting()] == [2]
    Reports(desk.session).reopen(desk.report, desk.hoa.now)
    assert desk.open_to_change("TV1.3", "IV.10.a", "TV2.3") == [False, False, True]


def test_the_last_one_approves_the_report(desk: Desk) -> None:
    desk.pick("TV1.3", "IV.10.a")
    last = desk.pick("TV2.3")
    assert isinstance(last, Decision)
    assert (last.kind, desk.report.state) == ("approved", "approved")
    assert desk.approvals.picked(last.id or 0) == {"TV2.3"}


@pytest.mark.parametrize(
    ("codes", "refusal"),
    [
        ([], Refusal.NOTHING_PICKED),
        (["VH2"], Refusal.UNKNOWN_CODE),
        (["TV1.3", "TV2.3"], Refusal.APPROVED),
    ],
)
def test_only_what_waits_can_be_picked(desk: Desk, codes: list[str], refusal: Refusal) -> None:
    desk.pick("TV1.3")
    assert desk.pick(*codes) is refusal
    assert desk.approvals.held(desk.report).approved == {"TV1.3"}


def test_nobody_picks_from_their_own_nor_from_what_has_changed(desk: Desk) -> None:
    own = replace(desk.hoa, person_id=desk.lan)
    assert desk.approvals.approve_some(desk.number, 1, ["TV1.3"], own) is Refusal.OWN
    assert desk.pick("TV1.3", seen=2) == Stale("submitted", 1, ())
    assert not desk.approvals.held(desk.report).approved


def test_what_is_approved_is_not_sent_back_with_the_others(desk: Desk) -> None:
    desk.pick("TV1.3")
    assert desk.send_back("TV1.3", "TV2.3") is Refusal.APPROVED
    assert isinstance(desk.send_back("TV2.3"), Decision)
    assert desk.open_to_change("TV1.3", "TV2.3", "IV.10.a") == [False, True, False]
    desk.answer("TV2.3", 6)
    desk.send()
    assert desk.approvals.held(desk.report).approved == {"TV1.3"}


@pytest.mark.parametrize("whole", [False, True])
def test_opened_again_nothing_of_it_is_approved(desk: Desk, *, whole: bool) -> None:
    desk.pick("TV1.3", "IV.10.a")
    if whole:
        desk.approve()
    assert isinstance(desk.reopen(), Decision)
    assert (desk.report.state, desk.approvals.held(desk.report).approved) == ("submitted", set())
    assert isinstance(desk.send_back("TV1.3"), Decision)


def test_opened_again_what_is_being_corrected_stays_with_the_agency(desk: Desk) -> None:
    desk.pick("TV1.3")
    desk.send_back("TV2.3")
    assert isinstance(desk.reopen(), Decision)
    assert desk.report.state == "returned"
    assert desk.open_to_change("TV1.3", "TV2.3") == [False, True]


def test_what_waits_is_listed_with_its_extension(desk: Desk) -> None:
    easings, now = Easings(desk.session), desk.hoa.now
    for until_on in (TODAY, FRIDAY):
        easings.grant("quan-1", 2024, "extension", until_on, reason=REASON, now=now)
    last = easings.grant("quan-1", 2024, "extension", date(2024, 9, 27), reason=REASON, now=now)
    easings.revoke(last.id or 0, now)
    easings.grant("quan-1", 2024, "mute", date(2024, 12, 31), reason=REASON, now=now)
    assert desk.approvals.waiting(2024) == [
        Waiting(desk.number, "quan-1", 2024, 1, now, now, FRIDAY, endorsed=False)
    ]
    assert desk.approvals.waiting(2023) == []


def test_an_endorsement_holds_for_its_version(desk: Desk) -> None:
    desk.approvals.endorse(desk.number, 1, desk.hoa)
    assert desk.approvals.waiting(2024)[0].endorsed
    desk.send_back("TV1.3")
    assert desk.approvals.waiting(2024) == []
    desk.send()
    assert not desk.approvals.waiting(2024)[0].endorsed


def test_no_such_report_was_ever_looked_at(desk: Desk) -> None:
    with pytest.raises(KeyError):
        desk.approvals.approve(desk.number + 1, 1, desk.hoa)


def test_of_two_who_decide_at_once_one_is_told(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        people = People(session)
        lan = people.welcome("telegram", "101", "Nguyễn Thị Lan", now)
        officials = [
            Official(people.welcome("telegram", address, "Cán bộ", now), "telegram", now, TODAY)
            for address in ("103", "107")
        ]
        report = Reports(session).open("quan-1", 2024, now)
        desk = Desk(session, report, lan, officials[0])
        desk.answer("TV1.3", 12)
        desk.send()
        number = desk.number
    outcomes = decide_at_once(database, number, officials)
    assert sorted(type(each).__name__ for each in outcomes) == ["Decision", "Stale"]


def decide_at_once(database: Database, number: int, officials: list[Official]) -> list[object]:
    def decide(official: Official) -> object:
        with database.transaction() as session:
            outcome = Approvals(session).approve(number, 1, official)
            session.expunge_all()
            return outcome

    with ThreadPoolExecutor() as threads:
        return list(threads.map(decide, officials))
