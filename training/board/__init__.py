"""A cohort as its trainers see it: learners by activities, and who needs them."""
