"""What was kept of a contract at a moment: its versions, and the files as they were sent."""

from __future__ import annotations

import hashlib
from typing import ClassVar

from django.db import models

from convenu.store.contracts import Contract
from convenu.store.house_versions import HouseVersion
from convenu.store.kept import KeptForGood
from convenu.store.people import User


class Version(KeptForGood):
    """A contract as it stood: its terms, the words they gave, and the library that wrote them."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="versions")
    rank = models.PositiveIntegerField()
    label = models.CharField(max_length=100, blank=True)
    comment = models.TextField(max_length=2000, blank=True)
    terms = models.JSONField()
    # The words of each clause, so that two versions compare as they were whatever the library has become.
    clauses = models.JSONField()
    text_hash = models.CharField(max_length=64)
    library_release = models.CharField(max_length=40)
    library_hash = models.CharField(max_length=64)
    house_version = models.ForeignKey(HouseVersion, on_delete=models.PROTECT, related_name="+", null=True)
    law_day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta(KeptForGood.Meta):
        abstract = False
        constraints: ClassVar = [models.UniqueConstraint(fields=["contract", "rank"], name="one_version_per_rank")]
        ordering: ClassVar = ["-rank"]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """« 0.3 » for the third draft."""
        return f"0.{self.rank}"


class FileKind(models.TextChoices):
    """What a file holds."""

    WORD = "docx", "Word"
    PDF = "pdf", "PDF"
    HTML = "html", "HTML"
    MARKDOWN = "md", "Markdown"
    TERMS = "terms.yaml", "YAML"
    NOTE = "note", "Note"
    LOGO = "logo", "Logo"


WORD_FILE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA_TYPES: dict[FileKind, tuple[str, ...]] = {
    FileKind.WORD: (WORD_FILE,),
    FileKind.PDF: ("application/pdf",),
    FileKind.HTML: ("text/html",),
    FileKind.MARKDOWN: ("text/markdown",),
    FileKind.TERMS: ("application/yaml",),
    FileKind.NOTE: (WORD_FILE,),
    FileKind.LOGO: ("image/png", "image/jpeg"),
}


class StoredFile(KeptForGood):
    """A file as it was sent or received: these bytes, never built again."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="files", null=True)
    kind = models.CharField(max_length=12, choices=FileKind)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta(KeptForGood.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "kind"], condition=models.Q(version__isnull=False), name="one_file_a_kind")
        ]
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return self.name


def digest_of(content: bytes) -> str:
    """The SHA-256 under which a content is known."""
    return hashlib.sha256(content).hexdigest()
