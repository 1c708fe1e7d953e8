"""The words of a contract beside its verdicts; what was kept before is read again, for its terms were written another way."""

from typing import Any

from django.db import migrations, models


def read_again(apps: Any, _schema_editor: Any) -> None:
    apps.get_model("store", "ContractVerdicts").objects.update(stamp="")


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0013_tickets_and_replays"),
    ]

    operations = [
        migrations.AddField(
            model_name="contractverdicts",
            name="words",
            field=models.BinaryField(default=b""),
        ),
        migrations.RunPython(read_again, migrations.RunPython.noop),
    ]
