from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0019_hour_packs"),
    ]

    operations = [
        migrations.AddField(
            model_name="clientinventory",
            name="groups",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="clientinventory",
            name="places",
            field=models.BinaryField(null=True),
        ),
    ]
