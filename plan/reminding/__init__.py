"""Reminders, decided purely: the ticker, the rehearsal and the tests are these functions."""
