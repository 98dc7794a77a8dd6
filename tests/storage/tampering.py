"""What only the owner of the database can do: change the log in spite of its triggers."""

OFF = {
    "sqlite": ["DROP TRIGGER audit_added", "DROP TRIGGER audit_sealed", "DROP TRIGGER audit_kept"],
    "postgresql": ["ALTER TABLE audit DISABLE TRIGGER USER"],
}
