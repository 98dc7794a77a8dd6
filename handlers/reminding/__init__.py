"""The morning's letter to one person: decided in `plan.reminding`, worded as it leaves."""
