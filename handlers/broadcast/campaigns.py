"""The campaign calendar: for each day of the plan a draft every year, from a template, in time to
be agreed to, changed or left out.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

from aiogram.methods import SendMessage

from handlers.broadcast.bureau import Bureau
from handlers.broadcast.letters import SAMPLE
from handlers.files.parcels import Parcel
from handlers.language import Markup, Words, join
from handlers.routing import Replies
from handlers.talk import COMMAND, Link, keyboard
from plan.calendars import MORNING, moment
from plan.catalogue import CampaignDay
from plan.notices.texts import (
    EVENT,
    PLACES,
    fill,
)
from plan.reminding.rules import Rules, Span
from storage.tables import Broadcast, NoticeTemplate

LEAD = 14
"""Days before the campaign: so long the administrators have."""
AUDIENCE = "role:focal"
FILE = ("media", "media_id", "media_title")


def usual(words: Words) -> str:
    """What a day's notice says where nobody has written a template."""
    told = words(
        "Dear {xung_ho} {ten},\n\n{su_kien} takes place {ngay}. {don_vi} {de_nghi} to "
        "hold activities for it in the libraries, museums and cultural centres in its charge, as "
        "the plan provides.\n\nYours respectfully.",
        **{place: "{" + place + "}" for place in (*PLACES, *EVENT)},
    )
    return unescape(told)


def content(
    words: Words, template: NoticeTemplate | None, day: CampaignDay, span: Span
) -> dict[str, Any]:
    """Of this year's draft: the template with the event's name and days filled in."""
    text = template.text if template else usual(words)
    marks = template.entities if template else []
    filled, entities = fill(text, marks, event(words, day, span))
    return {
        "text": filled,
        "entities": entities,
        **{name: getattr(template, name) if template else "" for name in FILE},
        "link_label": template.link_label if template else "",
        "link_url": template.link_url if template else "",
        "audience": template.audience if template else AUDIENCE,
        "kind": "campaign",
    }


def event(words: Words, day: CampaignDay, span: Span) -> Mapping[str, str]:
    when = unescape(words("on {day}", day=words.day(span.first_on)))
    if span.last_on != span.first_on:
        when = unescape(
            words(
                "from {first} to {last}",
                first=f"{span.first_on:%d/%m}",
                last=words.day(span.last_on),
            )
        )
    return {"su_kien": day.name, "ngay": when, "nam": str(span.first_on.year)}


def leaves_at(rules: Rules, day: CampaignDay, year: int, now: datetime) -> datetime:
    """In the morning of the day itself; where that is no working day, of the last one before."""
    first_on = rules.span(day, year).first_on
    at = moment(rules.calendar.on_or_before(first_on), MORNING)
    return rules.calendar.next_office_moment(max(at, now))


def prepared_on(rules: Rules, span: Span, template: NoticeTemplate | None) -> date:
    lead = template.lead_days if template else LEAD
    return rules.calendar.on_or_before(span.first_on - timedelta(days=lead))


def offer(
    words: Words, notice: Broadcast, day: CampaignDay, span: Span, address: str
) -> list[Parcel | SendMessage]:
    """What each administrator is shown of a draft that the calendar has prepared."""
    lines = [
        words("<b>Campaign: {name}, {year}</b>", name=day.name, year=notice.year),
        words(
            "Draft no. {n} is prepared; it would leave at {time}.",
            n=notice.id,
            time=words.moment(notice.leaves_at or notice.changed_at),
        ),
        "" if span.confirmed else words("The days wait for the Ministry's dispatch."),
        words(
            "To send it as planned, type /thongbao {n} gui; to change it, /thongbao {n}; to leave "
            "it out this year, /thongbao {n} boqua.",
            n=notice.id,
        ),
    ]
    buttons = [
        (words("Send as planned"), f"{COMMAND}:thongbao {notice.id} gui {notice.revision}"),
        (words("Change it"), f"{COMMAND}:thongbao {notice.id}"),
        (words("Leave out this year"), f"{COMMAND}:thongbao {notice.id} boqua {notice.revision}"),
    ]
    asked = SendMessage(
        chat_id=address, text=join(lines), parse_mode="HTML", reply_markup=keyboard(buttons)
    )
    return [Parcel(address, SAMPLE, {"broadcast": notice.id, "draft": True}), asked]


def skip(bureau: Bureau, notice: Broadcast, revision: str) -> Replies:
    words = bureau.words
    if notice.campaign is None:
        told = words("Notice no. {n} belongs to no campaign day.", n=notice.id)
    elif revision and revision != str(notice.revision):
        told = words(
            "Notice no. {n} has been changed since you were shown it. Please read it again: "
            "/thongbao {n}.",
            n=notice.id,
        )
    elif bureau.broadcasts.move(notice, ("draft", "awaiting"), "cancelled", bureau.now):
        told = words(
            "Notice no. {n} is left out this year. Next year a draft is prepared again.",
            n=notice.id,
        )
    else:
        told = words("Notice no. {n} has moved on meanwhile: /thongbao {n}.", n=notice.id)
    return [bureau.talk.say(told), *bureau.talk.ask_again()]


def keep(bureau: Bureau, day_id: str, notice: Broadcast) -> None:
    """What a notice says, with its picture or document, as the template of a day."""
    before = bureau.templates.of(day_id)
    bureau.templates.keep(
        day_id,
        bureau.member.person_id,
        bureau.now,
        text=notice.text,
        entities=notice.entities,
        **{name: getattr(notice, name) for name in FILE},
        link_label=notice.link_label,
        link_url=notice.link_url,
        audience=notice.audience or AUDIENCE,
        lead_days=before.lead_days if before else LEAD,
        stopped=False,
    )


def repeating(bureau: Bureau, notice: Broadcast) -> list[CampaignDay]:
    """The days for which a draft with these words, or in this one's place, comes every year."""
    templates = bureau.templates.all()
    found = []
    for day in bureau.rules.days:
        template = templates.get(day.id)
        same = template is not None and template.text == notice.text
        if (same or notice.campaign == day.id) and not (template and template.stopped):
            found.append(day)
    return found


def next_draft(bureau: Bureau, day: CampaignDay) -> date:
    """When the next one is prepared, as things stand."""
    this, template = bureau.today.year, bureau.templates.of(day.id)
    spans = (bureau.rules.span(day, year) for year in (this, this + 1, this + 2))
    coming = (
        prepared_on(bureau.rules, span, template)
        for span in spans
        if not bureau.broadcasts.of_campaign(day.id, span.first_on.year)
    )
    return next(max(on, bureau.today) for on in coming if on >= bureau.today)


def show_calendar(bureau: Bureau) -> Replies:
    words, templates = bureau.words, bureau.templates.all()
    lines = [words("<b>Calendar of campaigns</b>")]
    links = []
    for day in bureau.rules.days:
        span = _next(bureau, day)
        template = templates.get(day.id)
        lines.append(_line(bureau, day, span, template))
        links.append(Link(words("Template: {name}", name=day.name), f"thongbao mau {day.id}"))
    return [bureau.talk.say(join(lines), links), *bureau.talk.ask_again()]


def _line(bureau: Bureau, day: CampaignDay, span: Span, template: NoticeTemplate | None) -> Markup:
    words = bureau.words
    notice = bureau.broadcasts.of_campaign(day.id, span.first_on.year)
    if notice is not None:
        state = words("notice no. {n}", n=notice.id)
    elif template is not None and template.stopped:
        state = words("stopped")
    else:
        prepared = words.day(prepared_on(bureau.rules, span, template))
        state = words("draft on {day}", day=prepared)
    return words(
        "• {name}, {day}: {state}", name=day.name, day=words.day(span.first_on), state=state
    )


def _next(bureau: Bureau, day: CampaignDay) -> Span:
    span = bureau.rules.span(day, bureau.today.year)
    if span.last_on < bureau.today:
        return bureau.rules.span(day, bureau.today.year + 1)
    return span
