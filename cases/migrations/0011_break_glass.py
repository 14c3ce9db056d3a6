"""Emergency access to a closed circle, and cases of a colleague's own family."""

import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_second_wall"),
        ("accounts", "0003_access_log"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ColleagueFamily",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("flagged_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="colleague_family",
                        to="cases.case",
                    ),
                ),
                (
                    "flagged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "familie van een collega",
            },
        ),
        migrations.CreateModel(
            name="BreakGlass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.neighbourhood",
                    ),
                ),
                ("case_number", models.CharField(max_length=20)),
                ("role_label", models.CharField(max_length=60)),
                (
                    "circle",
                    models.CharField(
                        choices=[
                            ("shared", "gedeeld"),
                            ("care", "zorg"),
                            ("legal", "juridisch"),
                            ("enforcement", "handhaving"),
                        ],
                        max_length=11,
                        verbose_name="kring",
                    ),
                ),
                (
                    "emergency",
                    models.CharField(
                        choices=[
                            ("life", "iemands leven of gezondheid is in gevaar"),
                            ("child", "een kind is in gevaar"),
                            ("violence", "geweld of bedreiging"),
                            ("dwelling", "gevaar in de woning: CO, brand, instorting"),
                            ("other", "iets anders dat niet kan wachten"),
                        ],
                        max_length=9,
                        verbose_name="noodsituatie",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="reden")),
                ("opened_at", models.DateTimeField(verbose_name="geopend")),
                ("expires_at", models.DateTimeField(verbose_name="loopt tot")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="gesloten")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("justified", "terecht"), ("unjustified", "niet terecht")],
                        max_length=11,
                        verbose_name="oordeel",
                    ),
                ),
                ("verdict_note", models.CharField(blank=True, max_length=500, verbose_name="toelichting")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="broken_glass",
                        to="cases.case",
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
                "verbose_name": "noodtoegang",
                "verbose_name_plural": "noodtoegangen",
                "indexes": [
                    models.Index(fields=["case", "user", "circle", "expires_at"], name="breakglass_running"),
                    models.Index(
                        models.OrderBy(models.F("opened_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="breakglass_newest",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_at__gt", models.F("opened_at")),
                            (
                                "expires_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("opened_at"), "+", models.Value(datetime.timedelta(seconds=3600))
                                ),
                            ),
                        ),
                        name="breakglass_an_hour_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True),
                            ("closed_at__gte", models.F("opened_at")),
                            _connector="OR",
                        ),
                        name="breakglass_closed_after_opened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("circle", "shared"), _negated=True),
                        name="breakglass_of_a_closed_circle",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="breakglass_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reviewed_at__isnull", True),
                                ("reviewed_by__isnull", True),
                                ("verdict", ""),
                                ("verdict_note", ""),
                            ),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                                models.Q(("verdict", ""), _negated=True),
                                models.Q(("verdict_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="breakglass_review_paired",
                        violation_error_message="Geef een oordeel en zeg waarom.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("case_id"),
                                    models.F("case_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("user_id"),
                                    models.F("user_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("opened_at"),
                                    django.db.models.functions.comparison.Coalesce("closed_at", "expires_at"),
                                    function="tstzrange",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.Func(
                                        models.F("circle"),
                                        function="ascii",
                                        output_field=models.IntegerField(),
                                    ),
                                    models.Func(
                                        models.F("circle"),
                                        function="ascii",
                                        output_field=models.IntegerField(),
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="breakglass_one_at_a_time",
                        violation_error_message="Deze noodtoegang loopt al.",
                    ),
                ],
            },
        ),
    ]
