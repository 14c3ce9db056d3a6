import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("housing", "0005_intervention_place"),
    ]

    operations = [
        migrations.CreateModel(
            name="LegalStatus",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("none", "geen besluit van kracht"),
                            ("unfit", "ongeschikt"),
                            ("uninhabitable", "onbewoonbaar"),
                            ("both", "ongeschikt en onbewoonbaar"),
                            ("overcrowded", "overbewoond"),
                        ],
                        max_length=13,
                        verbose_name="juridische toestand",
                    ),
                ),
                ("decided_on", models.DateField(verbose_name="besloten op")),
                ("source", models.CharField(max_length=300, verbose_name="welk besluit?")),
                ("recorded_at", models.DateTimeField()),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="legal_statuses",
                        to="housing.dwelling",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "juridische toestand",
                "verbose_name_plural": "juridische toestanden",
                "indexes": [
                    models.Index(fields=["dwelling", "-decided_on", "-id"], name="legalstatus_latest")
                ],
            },
        ),
    ]
