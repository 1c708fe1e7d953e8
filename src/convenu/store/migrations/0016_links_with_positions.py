from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0015_inventories_and_provisional_contracts"),
    ]

    operations = [
        migrations.AddField(
            model_name="accesslink",
            name="with_positions",
            field=models.BooleanField(default=False),
        ),
    ]
