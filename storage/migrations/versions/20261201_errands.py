"""errands"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '20261201_errands'
down_revision = '20261201_approvals'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'errand',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column('wanted', sa.JSON(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('address', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('attempts', sa.Integer(), nullable=False),
        sa.Column('not_before_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id']),
        sa.PrimaryKeyConstraint('id'),
    )
    op.create_index('ix_errand_person_id', 'errand', ['person_id'])
    op.create_index('ix_errand_state', 'errand', ['state'])


def downgrade() -> None:
    op.drop_table('errand')
