"""requests about personal data"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '20261127_requests'
down_revision = '20261126_audit'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'data_request',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column('asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('due_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column('closed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(['person_id'], ['person.id']),
        sa.PrimaryKeyConstraint('id'),
    )
    op.create_index('ix_data_request_person_id', 'data_request', ['person_id'])
    op.create_index(
        'outbox_worded',
        'outbox',
        ['created_at'],
        sqlite_where=sa.text("payload <> ''"),
        postgresql_where=sa.text("payload <> ''"),
    )


def downgrade() -> None:
    op.drop_index('outbox_worded', 'outbox')
    op.drop_table('data_request')
