"""facilities"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '20261205_facilities'
down_revision = '20261204_broadcasts'
branch_labels = None
depends_on = None

STANDING = sa.text('superseded IS NULL')


def upgrade() -> None:
    op.create_table('facility_change',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('undoes', sa.Integer(), nullable=True),
    sa.Column('added', sa.Integer(), nullable=False),
    sa.Column('changed', sa.Integer(), nullable=False),
    sa.Column('ended', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], ),
    sa.PrimaryKeyConstraint('number')
    )
    op.create_table('facility',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('agency_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('category', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('change', sa.Integer(), nullable=False),
    sa.Column('superseded', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], ),
    sa.ForeignKeyConstraint(['change'], ['facility_change.number'], ),
    sa.ForeignKeyConstraint(['superseded'], ['facility_change.number'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('facility', schema=None) as batch_op:
        batch_op.create_index('facility_counted', ['agency_id', 'category'], unique=False, sqlite_where=STANDING, postgresql_where=STANDING)
        batch_op.create_index('facility_standing', ['number'], unique=True, sqlite_where=STANDING, postgresql_where=STANDING)
        batch_op.create_index(batch_op.f('ix_facility_change'), ['change'], unique=False)
        batch_op.create_index(batch_op.f('ix_facility_superseded'), ['superseded'], unique=False)


def downgrade() -> None:
    op.drop_table('facility')
    op.drop_table('facility_change')
