"""the document of a status; answers that are approved by themselves; questions to the office"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '20261206_paper'
down_revision = '20261205_facilities'
branch_labels = None
depends_on = None

TABLES = ('figure', 'task_status')


def upgrade() -> None:
    op.add_column(
        'task_status',
        sa.Column(
            'document', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False
        ),
    )
    op.add_column(
        'inquiry',
        sa.Column(
            'asked_of',
            sqlmodel.sql.sqltypes.AutoString(length=10),
            server_default='agency',
            nullable=False,
        ),
    )
    # In place, on both databases: SQLite would copy the whole table, and its indexes, otherwise.
    for table in TABLES:
        op.execute(f'ALTER TABLE {table} ADD COLUMN approval_id INTEGER REFERENCES decision (id)')


def downgrade() -> None:
    for table in TABLES:
        op.execute(f'ALTER TABLE {table} DROP COLUMN approval_id')
    op.drop_column('inquiry', 'asked_of')
    op.drop_column('task_status', 'document')
