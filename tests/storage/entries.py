"""The audit log as tests compare it."""

from sqlmodel import Session, col, select

from storage.tables import AuditRow


def told(session: Session) -> list[tuple[str, str, str, str]]:
    rows = session.exec(select(AuditRow).order_by(col(AuditRow.id)))
    return [(row.action, row.subject, row.before, row.after) for row in rows]
