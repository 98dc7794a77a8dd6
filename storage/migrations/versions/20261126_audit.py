"""the audit log, which the database itself keeps from being changed"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '20261126_audit'
down_revision = '20261125_leases'
branch_labels = None
depends_on = None

CONTENT = ('id', 'at', 'channel', 'person_id', 'action', 'subject', 'before', 'after')
REFUSAL = 'the audit log is append-only'


def upgrade() -> None:
    op.create_table(
        'audit',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('action', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('before', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('after', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('link', sa.BigInteger(), nullable=True),
        sa.Column('previous', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column('hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('link'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_audit_at', 'audit', ['at'])
    op.create_index(
        'audit_unsealed',
        'audit',
        ['id'],
        sqlite_where=sa.text('link IS NULL'),
        postgresql_where=sa.text('link IS NULL'),
    )
    op.create_table(
        'knock',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column('address', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint('id'),
    )
    op.create_index('ix_knock_at', 'knock', ['at'])
    for statement in POSTGRESQL if op.get_bind().dialect.name == 'postgresql' else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table('knock')
    op.drop_table('audit')
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP FUNCTION audit_refuse()')


# An entry comes in unsealed, under a number of its own: INSERT OR REPLACE would fire no DELETE.
SQLITE = (
    f"""
    CREATE TRIGGER audit_added BEFORE INSERT ON audit
    WHEN new.link IS NOT NULL OR new.previous IS NOT NULL OR new.hash IS NOT NULL
        OR EXISTS (SELECT 1 FROM audit WHERE id = new.id)
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """,
    f"""
    CREATE TRIGGER audit_sealed BEFORE UPDATE ON audit
    WHEN old.link IS NOT NULL
        OR new.link IS NULL OR new.previous IS NULL OR new.hash IS NULL
        OR {' OR '.join(f'new.{name} IS NOT old.{name}' for name in CONTENT)}
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """,
    f"""
    CREATE TRIGGER audit_kept BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """,
)
POSTGRESQL = (
    f"""
    CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END
    $$
    """,
    """
    CREATE TRIGGER audit_added BEFORE INSERT ON audit FOR EACH ROW
    WHEN (new.link IS NOT NULL OR new.previous IS NOT NULL OR new.hash IS NOT NULL)
    EXECUTE FUNCTION audit_refuse()
    """,
    f"""
    CREATE TRIGGER audit_sealed BEFORE UPDATE ON audit FOR EACH ROW
    WHEN (old.link IS NOT NULL
        OR new.link IS NULL OR new.previous IS NULL OR new.hash IS NULL
        OR {' OR '.join(f'new.{name} IS DISTINCT FROM old.{name}' for name in CONTENT)})
    EXECUTE FUNCTION audit_refuse()
    """,
    """
    CREATE TRIGGER audit_kept BEFORE DELETE ON audit FOR EACH ROW
    EXECUTE FUNCTION audit_refuse()
    """,
    """
    CREATE TRIGGER audit_whole BEFORE TRUNCATE ON audit
    EXECUTE FUNCTION audit_refuse()
    """,
)
