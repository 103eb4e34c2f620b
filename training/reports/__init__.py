"""Reports on a cohort or on an organisation's own people: one reading each, shown on screen and in every file."""
