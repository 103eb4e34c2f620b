"""Marking by one person: the queue of a cohort, one response at a time, and reminders of what waits."""
