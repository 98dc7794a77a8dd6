"""approvals"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '20261201_approvals'
down_revision = '20261130_reminders'
branch_labels = None
depends_on = None

# What was sent before there were versions: the newest one of each report is still known.
KNOWN = """
    INSERT INTO report_version
        (report_id, version, submitted_at, submitted_by, last_figure, last_status)
    SELECT id, version, submitted_at, submitted_by,
        (SELECT coalesce(max(figure.id), 0) FROM figure
            WHERE figure.report_id = report.id AND figure.recorded_at <= report.submitted_at),
        (SELECT coalesce(max(task_status.id), 0) FROM task_status
            WHERE task_status.report_id = report.id
            AND task_status.recorded_at <= report.submitted_at)
    FROM report WHERE submitted_at IS NOT NULL
"""


def upgrade() -> None:
    op.create_table(
        'report_version',
        sa.Column('report_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('submitted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('submitted_by', sa.Integer(), nullable=True),
        sa.Column('last_figure', sa.Integer(), nullable=False),
        sa.Column('last_status', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['report_id'], ['report.id']),
        sa.ForeignKeyConstraint(['submitted_by'], ['person.id']),
        sa.PrimaryKeyConstraint('report_id', 'version'),
    )
    op.create_table(
        'decision',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('report_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('until_on', sa.Date(), nullable=True),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id']),
        sa.ForeignKeyConstraint(['report_id'], ['report.id']),
        sa.PrimaryKeyConstraint('id'),
    )
    op.create_index('ix_decision_report_id', 'decision', ['report_id'])
    op.create_table(
        'decision_item',
        sa.Column('decision_id', sa.Integer(), nullable=False),
        sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.ForeignKeyConstraint(['decision_id'], ['decision.id']),
        sa.PrimaryKeyConstraint('decision_id', 'code'),
    )
    op.add_column(
        'figure',
        sa.Column(
            'document', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False
        ),
    )
    op.execute(KNOWN)


def downgrade() -> None:
    op.drop_column('figure', 'document')
    op.drop_table('decision_item')
    op.drop_table('decision')
    op.drop_table('report_version')
