"""leases, fenced letters"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '20261125_leases'
down_revision = '20261124_answers'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'lease',
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('fence', sa.Integer(), nullable=False),
        sa.Column('until_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint('name'),
    )
    op.create_table(
        'pulse',
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('detail', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint('name'),
    )
    # Added in place, with its default: SQLite would copy the whole table, and its indexes, otherwise.
    op.add_column('outbox', sa.Column('fence', sa.Integer(), nullable=False, server_default='0'))


def downgrade() -> None:
    op.drop_column('outbox', 'fence')
    op.drop_table('pulse')
    op.drop_table('lease')
