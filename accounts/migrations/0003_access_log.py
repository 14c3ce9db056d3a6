"""The access log, what stands out in it, notices; and that the log is append-only, whatever the program does."""

import datetime

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION accessevent_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Emptying the whole table is left to its owner, who also makes it: the application's role has no right to.
    IF TG_OP = 'TRUNCATE' AND current_user = (
        SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the access log is append-only: no % ', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER accessevent_append_only BEFORE UPDATE OR DELETE ON accounts_accessevent
    FOR EACH ROW EXECUTE FUNCTION accessevent_append_only();
CREATE TRIGGER accessevent_never_emptied BEFORE TRUNCATE ON accounts_accessevent
    FOR EACH STATEMENT EXECUTE FUNCTION accessevent_append_only();
"""

BACKWARD = """
DROP TRIGGER accessevent_append_only ON accounts_accessevent;
DROP TRIGGER accessevent_never_emptied ON accounts_accessevent;
DROP FUNCTION accessevent_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="HomeStreet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "street",
                    models.CharField(
                        help_text="Alleen de naam van de straat, zonder huisnummer.",
                        max_length=120,
                        verbose_name="straat",
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="home_street",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "straat van een collega",
            },
        ),
        migrations.CreateModel(
            name="AccessEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "looked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="wanneer"),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("coordinator", "coördinator"),
                            ("lawyer", "jurist"),
                            ("housing_inspector", "wooncontroleur"),
                            ("tenancy_lead", "teamleider huurbegeleiding"),
                            ("renovation_coach", "renovatiecoach"),
                            ("community_worker", "opbouwwerker"),
                            ("cohesion_coach", "coach sociale cohesie"),
                            ("youth_coach", "jongerencoach"),
                            ("manager", "manager"),
                            ("partner", "partner"),
                            ("privacy_officer", "privacyverantwoordelijke"),
                            ("administrator", "beheerder"),
                        ],
                        max_length=20,
                        verbose_name="rol",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "geopend"),
                            ("searched", "gezocht"),
                            ("exported", "uitgevoerd"),
                            ("printed", "afgedrukt"),
                            ("broke_glass", "noodtoegang"),
                            ("refused", "geweigerd"),
                        ],
                        max_length=11,
                        verbose_name="soort inzage",
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("case", "dossier"),
                            ("household", "gezin"),
                            ("person", "persoon"),
                            ("signal", "signaal op de radar"),
                            ("visit", "huisbezoek"),
                            ("photo", "foto"),
                            ("document", "document"),
                            ("file", "bestand"),
                            ("help_request", "vraag aan een dienst"),
                            ("dwelling", "woning"),
                            ("building", "pand"),
                            ("landlord", "verhuurder"),
                            ("review", "teamoverleg"),
                            ("report", "rapport"),
                            ("list", "lijst"),
                            ("search", "zoekvak"),
                            ("log", "inzages"),
                            ("other", "bladzijde"),
                        ],
                        max_length=12,
                        verbose_name="wat",
                    ),
                ),
                ("subject_id", models.BigIntegerField(null=True)),
                ("label", models.CharField(blank=True, max_length=40)),
                ("case_id", models.BigIntegerField(null=True)),
                ("case_number", models.CharField(blank=True, max_length=20, verbose_name="dossiernummer")),
                (
                    "case_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("row_count", models.PositiveIntegerField(null=True)),
                ("page", models.CharField(max_length=60)),
                ("detail", models.CharField(blank=True, max_length=200)),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="waarom")),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.neighbourhood",
                        verbose_name="wijk",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="wie",
                    ),
                ),
            ],
            options={
                "verbose_name": "inzage",
                "verbose_name_plural": "inzages",
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("looked_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="accessevent_newest",
                    ),
                    models.Index(
                        models.F("user"),
                        models.OrderBy(models.F("looked_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="accessevent_user",
                    ),
                    models.Index(
                        models.F("case_id"),
                        models.OrderBy(models.F("looked_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("case_id__isnull", False)),
                        name="accessevent_case",
                    ),
                    models.Index(
                        models.F("case_number"),
                        models.OrderBy(models.F("looked_at"), descending=True),
                        name="accessevent_number",
                    ),
                    models.Index(
                        models.F("subject"),
                        models.F("subject_id"),
                        models.OrderBy(models.F("looked_at"), descending=True),
                        name="accessevent_subject",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("case_ids", []), _negated=True),
                        fields=["case_ids"],
                        name="accessevent_cases",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LookRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cases_per_hour",
                    models.PositiveSmallIntegerField(
                        default=20,
                        help_text="Wie er meer opent, valt op. Een overleg van het kernteam opent er gauw vijftien.",
                        verbose_name="verschillende dossiers in een uur",
                    ),
                ),
                (
                    "refused_per_hour",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="Zoveel verschillende nummers proberen die je niet mag zien, is geen tikfout meer.",
                        verbose_name="geweigerde pogingen in een uur",
                    ),
                ),
                ("day_from", models.TimeField(default=datetime.time(6, 0), verbose_name="werkdag begint om")),
                (
                    "day_until",
                    models.TimeField(default=datetime.time(22, 0), verbose_name="werkdag eindigt om"),
                ),
                (
                    "weekend_is_unusual",
                    models.BooleanField(default=True, verbose_name="in het weekend kijken is ongewoon"),
                ),
                (
                    "neighbourhood",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="look_rules",
                        to="accounts.neighbourhood",
                    ),
                ),
            ],
            options={
                "verbose_name": "regels voor inzages",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("cases_per_hour__range", (2, 500))),
                        name="lookrules_cases_per_hour",
                        violation_error_message="Kies een aantal tussen 2 en 500.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("refused_per_hour__range", (2, 500))),
                        name="lookrules_refused_per_hour",
                        violation_error_message="Kies een aantal tussen 2 en 500.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("day_from__lt", models.F("day_until"))),
                        name="lookrules_day_in_order",
                        violation_error_message="De werkdag begint voor ze eindigt.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("url", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bericht",
                "verbose_name_plural": "berichten",
                "indexes": [
                    models.Index(
                        models.F("user"),
                        models.OrderBy(models.F("created_at"), descending=True),
                        condition=models.Q(("seen_at__isnull", True)),
                        name="notice_unseen",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UnusualLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=40, verbose_name="waarom ongewoon")),
                ("key", models.CharField(max_length=80)),
                ("case_id", models.BigIntegerField(null=True)),
                ("case_number", models.CharField(blank=True, max_length=20, verbose_name="dossiernummer")),
                ("looked_at", models.DateTimeField(verbose_name="wanneer")),
                ("looked_until", models.DateTimeField()),
                ("look_count", models.PositiveIntegerField(default=1)),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("fine", "in orde: hoort bij het werk"),
                            ("talked", "besproken met de collega"),
                            ("not_fine", "niet in orde: hier volgt iets op"),
                        ],
                        max_length=8,
                        verbose_name="besluit",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="notitie")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.neighbourhood",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="wie",
                    ),
                ),
            ],
            options={
                "verbose_name": "ongewone inzage",
                "verbose_name_plural": "ongewone inzages",
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("looked_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="unusuallook_newest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("rule", "key"), name="unusuallook_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("note", ""),
                                ("reviewed_at__isnull", True),
                                ("reviewed_by__isnull", True),
                                ("verdict", ""),
                            ),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                                models.Q(("verdict", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="unusuallook_review_paired",
                        violation_error_message="Kies een besluit.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
