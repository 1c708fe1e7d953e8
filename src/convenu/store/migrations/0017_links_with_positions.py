from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0016_costs_of_an_organisation"),
    ]

    operations = [
        migrations.AddField(
            model_name="accesslink",
            name="with_positions",
            field=models.BooleanField(default=False),
        ),
    ]
