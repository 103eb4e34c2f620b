"""A cohort against the days it planned: setting them, and how many have done what by when."""
