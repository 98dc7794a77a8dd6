"""Notices to many: who is meant, and how a text is filled for one of them. No I/O."""
