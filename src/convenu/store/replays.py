"""Proposals tried on past tickets: what was tried, on what, and the result, kept with the hashes of all it was drawn from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from convenu.store.contracts import Contract
from convenu.store.house_versions import HouseVersion
from convenu.store.work import Work


class ReplayRun(Work):
    """One to four proposals for a contract tried on the same tickets. Its terms are its own copy: the draft may move."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="replays")
    # Each `{key, name, digest, terms}`: the terms in the long form of a terms file, the digest of what they promise in time.
    proposals = models.JSONField()
    # The sources and the client whose tickets were taken; no client means all of them.
    sources = models.JSONField(default=list)
    client_name = models.CharField(max_length=200, blank=True)
    # `{assets, among, seed}` for a client without history.
    drawn = models.JSONField(null=True)
    library_release = models.CharField(max_length=40)
    library_hash = models.CharField(max_length=64)
    house_version = models.ForeignKey(HouseVersion, on_delete=models.PROTECT, related_name="+", null=True)
    law_day = models.DateField()
    # As JSON kept as text: what each proposal gives, in the order asked; its hash tells whether a new run gives the same.
    result = models.TextField(blank=True)
    result_hash = models.CharField(max_length=64, blank=True)
    # The last instant that the tickets speak of, in UTC epoch seconds: what was not over then was running.
    as_of = models.BigIntegerField(null=True)
    # Of the tickets taken: another one now means that the past itself was corrected since.
    tickets_hash = models.CharField(max_length=64, blank=True)

    class Meta(Work.Meta):
        abstract = False
        indexes: ClassVar = [models.Index(fields=["contract", "-at"], name="replays_of_a_contract")]

    def __str__(self) -> str:
        return f"replay of {self.at:%Y-%m-%d %H:%M}"
