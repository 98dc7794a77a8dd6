"""requests about personal data"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '20261127_requests'
down_revision = '20261126_audit'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
