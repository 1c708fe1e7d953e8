import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TENANT = {"abstract": False, "base_manager_name": "objects", "default_manager_name": "objects"}


class Migration(migrations.Migration):
    """What passages kept is derived and has another shape now: the next one reads each contract for the first time."""

    dependencies = [
        ("store", "0020_assets_alike"),
    ]

    operations = [
        migrations.DeleteModel("ContractVerdicts"),
        migrations.DeleteModel("EstatePass"),
        migrations.CreateModel(
            name="EstatePass",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "à confirmer"),
                            ("waiting", "en attente"),
                            ("running", "en cours"),
                            ("done", "fait"),
                            ("stopped", "arrêté"),
                            ("failed", "échoué"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("stop_asked", models.BooleanField(default=False)),
                ("trouble", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("on", models.DateField(null=True)),
                ("rules", models.JSONField(default=list)),
                ("figures", models.JSONField(default=list)),
                ("cursor", models.UUIDField(null=True)),
                ("looks", models.PositiveIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
                    ),
                ),
            ],
            options={**TENANT, "ordering": ["-at", "id"]},
        ),
        migrations.CreateModel(
            name="ContractVerdicts",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("stamp", models.CharField(blank=True, max_length=64)),
                ("terms", models.TextField(default="{}")),
                ("terms_digest", models.CharField(blank=True, max_length=16)),
                ("places", models.TextField(default="[{}, {}]")),
                ("words", models.BinaryField(default=b"")),
                ("rewritten", models.JSONField(default=dict)),
                ("library", models.CharField(blank=True, max_length=64)),
                ("printed", models.JSONField(default=dict)),
                ("verdicts", models.TextField(default="{}")),
                ("settled", models.CharField(blank=True, max_length=16)),
                ("figures", models.JSONField(default=dict)),
                ("trouble", models.TextField(blank=True)),
                ("lines", models.JSONField(default=list)),
                ("line_count", models.PositiveIntegerField(default=0)),
                (
                    "contract",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="verdicts", to="store.contract"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
                    ),
                ),
                (
                    "passage",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="rows", to="store.estatepass"),
                ),
            ],
            options={
                **TENANT,
                "ordering": ["contract_id"],
                "indexes": [models.Index(fields=["organisation", "contract"], name="verdicts_of_contracts")],
            },
        ),
    ]
