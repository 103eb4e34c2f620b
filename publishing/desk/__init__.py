"""The screens of the editors' desk that Wagtail does not have."""
