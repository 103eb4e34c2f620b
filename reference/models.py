"""Works that facts were drawn from, written once and cited everywhere."""

from django.db import models


class Source(models.Model):
    """A published work."""

    key = models.SlugField(unique=True)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200, blank=True)
    published = models.CharField(max_length=60, blank=True, help_text="A year, or words where the date is not known")
    url = models.URLField(max_length=500, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
