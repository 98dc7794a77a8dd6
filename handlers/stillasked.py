"""Whether the open question still concerns its person: roles go while questions wait."""

from collections.abc import Mapping
from typing import Any

from handlers.commands import ADMIN, FOCAL, OFFICIAL, ROLES
from handlers.health import docket
from handlers.talk import Talk
from storage.people import Member

ASKED_OF = {
    "report": FOCAL,
    "evidence": FOCAL,
    "notice": ADMIN,
    "settle": ADMIN,
    "register": ADMIN,
    **dict.fromkeys(docket.TOPICS, ADMIN),
    **dict.fromkeys(("tamhoan", "xingiahan", "uyquyen", "bangiao", "hoilai"), FOCAL),
    "giaitrinh": f"{FOCAL} {OFFICIAL} {ADMIN}",
    **dict.fromkeys(("tatnhac", "chotnam", "thoivai"), ADMIN),
    **dict.fromkeys(("duyet", "tralai", "molai", "nhapthay"), f"{OFFICIAL} {ADMIN}"),
}
"""The roles a question is asked of, by the first part of its step."""
ASKED_OF_ANYBODY = {"start", "data"}
"""Questions that need no role: to join, and about one's own data."""
INTERRUPTED = {"aside", "behind", "interrupted"}
"""Where a question keeps the one that it was put in between of."""


def drop_what_is_asked_no_more(talk: Talk, member: Member | None) -> None:
    """The open question, or one set aside behind it, of somebody whose role has gone."""
    if talk.row and not _still_asked(talk.row.step, talk.data, member):
        talk.close()
    for key in INTERRUPTED & talk.data.keys():
        waiting = talk.data[key]
        if waiting and not _still_asked(waiting["step"], waiting["data"], member):
            talk.note(**{key: None})


def _still_asked(step: str, data: Mapping[str, Any], member: Member | None) -> bool:
    """Who lost the role, or moved to another agency, is not shown the old question again."""
    topic = step.partition(".")[0]
    role = ASKED_OF.get(topic)
    if role is None:
        return topic in ASKED_OF_ANYBODY or (member is not None and member.may(*ROLES))
    roles = role.split()
    if member is None or not member.may(*roles):
        return False
    agency_id = data.get("agency")
    return agency_id is None or agency_id in member.agencies_as(*roles)
