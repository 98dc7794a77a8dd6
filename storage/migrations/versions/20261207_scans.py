"""indexes for what is asked every second, or of every message; files of templates"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '20261207_scans'
down_revision = '20261206_paper'
branch_labels = None
depends_on = None

PARTIAL = {
    'data_request_open': ('data_request', ['due_at'], "state = 'open'"),
    'membership_held': ('membership', ['role', 'agency_id'], "until_at IS NULL"),
    'outbox_undone': (
        'outbox',
        ['state', 'not_before_at'],
        "state IN ('unknown', 'failed', 'expired')",
    ),
    'reminder_expired': ('reminder', ['decided_at'], "state = 'expired'"),
}
FILE = {'media': 10, 'media_id': None, 'media_title': None}


def upgrade() -> None:
    with op.batch_alter_table('notice_template', schema=None) as batch_op:
        for name, length in FILE.items():
            kind = sqlmodel.sql.sqltypes.AutoString(length=length)
            batch_op.add_column(sa.Column(name, kind, server_default='', nullable=False))
    op.create_index('broadcast_state', 'broadcast', ['state'])
    op.create_index('ix_invite_created_by', 'invite', ['created_by'])
    for name, (table, columns, where) in PARTIAL.items():
        clause = sa.text(where)
        op.create_index(name, table, columns, sqlite_where=clause, postgresql_where=clause)


def downgrade() -> None:
    op.drop_index('broadcast_state', 'broadcast')
    op.drop_index('ix_invite_created_by', 'invite')
    for name, (table, _, _) in PARTIAL.items():
        op.drop_index(name, table)
    with op.batch_alter_table('notice_template', schema=None) as batch_op:
        for name in FILE:
            batch_op.drop_column(name)
