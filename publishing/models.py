"""What the loader remembers, so that it can tell a change in the files from a change on the site."""

from django.db import models


class LoadedFile(models.Model):
    """One thing last written by the loader: what its file said then, and what the site said just after."""

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=120, help_text="The thing's uuid or key, and its language where it has one")
    path = models.CharField(max_length=300, help_text="Inside the package")
    file_digest = models.CharField(max_length=64)
    site_digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_memory_per_thing")]
