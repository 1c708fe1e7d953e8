"""Organisations and the people who work in them."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from convenu.store.tenancy import TenantModel


class Organisation(models.Model):
    """An MSP: the tenant that owns everything else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    # Terms that every contract of this MSP starts from, by key, as a file of house defaults holds them.
    house_terms = models.JSONField(default=dict)
    hourly_cost = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    # What time, tools and overheads cost this MSP, as `Costs.as_json` writes them: in no contract and behind no link.
    costs = models.JSONField(default=dict)
    is_demo = models.BooleanField(default=False)
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member does in the organisation."""

    OWNER = "owner", _("Propriétaire")
    SALES = "sales", _("Commercial")
    TECHNICIAN = "technician", _("Technicien")
    BILLING = "billing", _("Facturation")
    READ_ONLY = "read_only", _("Lecture seule")


class Theme(models.TextChoices):
    """Light, dark, or as the machine says."""

    SYSTEM = "system", _("Comme le système")
    LIGHT = "light", _("Clair")
    DARK = "dark", _("Sombre")


class Language(models.TextChoices):
    """The languages of the screens."""

    FRENCH = "fr", "Français"
    ENGLISH = "en", "English"


class UserManager(BaseUserManager["User"]):
    """Users by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person who can sign in; the password is hashed here."""
        user = self.model(email=plain_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The person with this address, in whatever case it was typed."""
        return self.get(email=plain_email(username or ""))


class User(AbstractBaseUser):
    """A person who signs in, by e-mail address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True, max_length=254)
    display_name = models.CharField(max_length=150)
    language = models.CharField(max_length=2, choices=Language, default=Language.FRENCH)
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    single_letter_keys = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    def __str__(self) -> str:
        return self.display_name


class Membership(TenantModel):
    """A person's place in an organisation."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=Role)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "user"], name="one_membership_per_person")]
        ordering: ClassVar = ["joined_at", "id"]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class Invitation(TenantModel):
    """A place offered to somebody, taken up by the link sent to them. Only the link's digest is kept."""

    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=12, choices=Role)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        ordering: ClassVar = ["-invited_at"]

    def __str__(self) -> str:
        return f"{self.email} ({self.role})"


def plain_email(typed: str) -> str:
    """An address as it is kept and compared: no spaces around, lower case."""
    return typed.strip().lower()
