"""Copies of the database and of people's files: made, checked, counted out, brought back."""
