"""Access to one contract by a link, for somebody without an account: the lawyer, the client; and what they say of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from convenu.store.contracts import Contract
from convenu.store.people import User
from convenu.store.tenancy import TenantModel
from convenu.store.versions import Version


class LinkRole(models.TextChoices):
    """Who reads a contract by a link."""

    LAWYER = "lawyer", _("Avocat")
    CLIENT = "client", _("Client")


class AccessLink(TenantModel):
    """A contract, or one of its versions, opened to a named person until a day. Only the link's digest is kept."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="links")
    # None: the draft as it stands at each reading.
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="links", null=True)
    role = models.CharField(max_length=12, choices=LinkRole)
    name = models.CharField(max_length=150)
    email = models.EmailField(max_length=254)
    # A client receives the Word file only where the MSP says so.
    with_word = models.BooleanField(default=False)
    # A lawyer may be the client's: what the MSP would give up is for its own only.
    with_positions = models.BooleanField(default=False)
    token_digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # The first instant at which it opens nothing more.
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    last_opened_at = models.DateTimeField(null=True)
    # When the lawyer read that Convenu gives no legal consultation.
    told_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        ordering: ClassVar = ["-at", "id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.role})"


class RemarkKind(models.TextChoices):
    """What a remark expects."""

    REMARK = "remark", _("Remarque")
    QUESTION = "question", _("Question")
    # What the lawyer says of a question that the check asks him.
    REPLY = "reply", _("Réponse à une question")


class Remark(TenantModel):
    """Something said of an article or of the whole contract, by somebody with a link, or the MSP's answer to it."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=10, choices=RemarkKind)
    # The author: a person with a link, or, for an answer, a member.
    link = models.ForeignKey(AccessLink, on_delete=models.PROTECT, related_name="remarks", null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    answers = models.ForeignKey("self", on_delete=models.CASCADE, related_name="answered_by", null=True)
    # Empty for the whole contract; the place is told as it was numbered then.
    clause = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=300, blank=True)
    # The question replied to, with the rule and the terms as they were: when either changes, the question is asked again.
    finding = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    words = models.TextField(max_length=4000, blank=True)
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(link__isnull=False) ^ models.Q(by__isnull=False), name="a_remark_has_one_author")
        ]
        indexes: ClassVar = [models.Index(fields=["contract", "at"], name="remarks_of_a_contract")]
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} on {self.clause or 'the contract'}"

    @property
    def author(self) -> str:
        """Whose words they are."""
        return self.link.name if self.link else self.by.display_name if self.by else ""
