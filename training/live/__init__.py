"""The live sessions of a cohort: planned, led from a plan on screen, and their registers."""
