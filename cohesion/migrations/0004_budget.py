"""The neighbourhood budget: rounds, projects, votes and a ledger that the database itself guards."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import arsenaal.lib.encryption
import arsenaal.lib.uploads

# What must hold whatever the program does, also when two book at once. The functions act as their owner: the second
# wall hides no row from a sum.
FORWARD = """
CREATE FUNCTION cohesion_ledger_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    the_round cohesion_budgetround;
    the_project cohesion_budgetproject;
    back cohesion_ledgerline;
    total numeric;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'the ledger is append-only: line % never changes', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT * INTO the_round FROM cohesion_budgetround WHERE id = NEW.round_id FOR UPDATE;
    SELECT * INTO the_project FROM cohesion_budgetproject WHERE id = NEW.project_id FOR UPDATE;
    IF the_project.round_id <> the_round.id OR the_project.granted IS NULL THEN
        RAISE EXCEPTION 'no money was granted to project % in round %', NEW.project_id, NEW.round_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.reverses_id IS NOT NULL THEN
        SELECT * INTO back FROM cohesion_ledgerline WHERE id = NEW.reverses_id;
        IF back.kind <> 'payment' OR back.project_id <> NEW.project_id OR back.amount <> -NEW.amount THEN
            RAISE EXCEPTION 'line % can not be reversed like this', NEW.reverses_id USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    SELECT coalesce(sum(amount), 0) + NEW.amount INTO total FROM cohesion_ledgerline WHERE project_id = NEW.project_id;
    IF total < 0 OR total > the_project.granted THEN
        RAISE EXCEPTION 'project % would come to %, between 0 and % is possible', NEW.project_id, total,
            the_project.granted USING ERRCODE = 'check_violation';
    END IF;
    SELECT coalesce(sum(amount), 0) + NEW.amount INTO total FROM cohesion_ledgerline WHERE round_id = NEW.round_id;
    IF total > the_round.envelope THEN
        RAISE EXCEPTION 'round % would come to %, above its envelope', NEW.round_id, total
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledgerline_guard BEFORE INSERT OR UPDATE OR DELETE ON cohesion_ledgerline
    FOR EACH ROW EXECUTE FUNCTION cohesion_ledger_guard();

CREATE FUNCTION cohesion_grant_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    the_round cohesion_budgetround;
    others numeric;
    paid numeric;
BEGIN
    SELECT * INTO the_round FROM cohesion_budgetround WHERE id = NEW.round_id FOR UPDATE;
    SELECT coalesce(sum(granted), 0) INTO others FROM cohesion_budgetproject
        WHERE round_id = NEW.round_id AND id <> NEW.id;
    IF coalesce(NEW.granted, 0) + others > the_round.envelope THEN
        RAISE EXCEPTION 'round % would grant more than its envelope', NEW.round_id USING ERRCODE = 'check_violation';
    END IF;
    SELECT coalesce(sum(amount), 0) INTO paid FROM cohesion_ledgerline WHERE project_id = NEW.id;
    IF coalesce(NEW.granted, 0) < paid THEN
        RAISE EXCEPTION 'project % would be granted less than it was paid', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budgetproject_grant_guard BEFORE INSERT OR UPDATE OF granted, round_id ON cohesion_budgetproject
    FOR EACH ROW EXECUTE FUNCTION cohesion_grant_guard();

CREATE FUNCTION cohesion_envelope_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.envelope < (SELECT coalesce(sum(granted), 0) FROM cohesion_budgetproject WHERE round_id = NEW.id) THEN
        RAISE EXCEPTION 'round % granted more than that already', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budgetround_envelope_guard BEFORE UPDATE OF envelope ON cohesion_budgetround
    FOR EACH ROW EXECUTE FUNCTION cohesion_envelope_guard();

CREATE FUNCTION cohesion_ballot_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM cohesion_votecode c
        JOIN cohesion_codebatch b ON b.id = c.batch_id
        JOIN cohesion_budgetround r ON r.id = c.round_id
        WHERE c.id = NEW.code_id AND c.round_id = NEW.round_id AND NOT b.is_void AND r.state = 'voting'
    ) THEN
        RAISE EXCEPTION 'round % takes no ballot with this code', NEW.round_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ballot_guard BEFORE INSERT ON cohesion_ballot
    FOR EACH ROW EXECUTE FUNCTION cohesion_ballot_guard();

CREATE FUNCTION cohesion_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'row % of % never changes', OLD.id, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE ON cohesion_{table}
    FOR EACH ROW EXECUTE FUNCTION cohesion_never_changes();
"""
    for table in ("ballot", "ballotchoice", "voteresult", "budgetdecision")
)

BACKWARD = (
    "".join(
        f"DROP TRIGGER {table}_never_changes ON cohesion_{table};\n"
        for table in ("ballot", "ballotchoice", "voteresult", "budgetdecision")
    )
    + """
DROP TRIGGER ballot_guard ON cohesion_ballot;
DROP TRIGGER budgetround_envelope_guard ON cohesion_budgetround;
DROP TRIGGER budgetproject_grant_guard ON cohesion_budgetproject;
DROP TRIGGER ledgerline_guard ON cohesion_ledgerline;
DROP FUNCTION cohesion_never_changes();
DROP FUNCTION cohesion_ballot_guard();
DROP FUNCTION cohesion_envelope_guard();
DROP FUNCTION cohesion_grant_guard();
DROP FUNCTION cohesion_ledger_guard();
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_stamp_of_one_connection"),
        ("cohesion", "0003_stories"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ballot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
            options={
                "verbose_name": "stem",
                "verbose_name_plural": "stemmen",
            },
        ),
        migrations.CreateModel(
            name="BudgetProject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="nummer")),
                ("title", models.CharField(max_length=80, verbose_name="naam van het project")),
                ("summary", models.CharField(max_length=600, verbose_name="het project in het kort")),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="waar in de wijk")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("resident", "een bewoner"),
                            ("association", "een vereniging"),
                            ("school", "een school"),
                        ],
                        max_length=11,
                        verbose_name="wie vraagt het",
                    ),
                ),
                (
                    "public_name",
                    models.CharField(blank=True, max_length=80, verbose_name="naam op de publieke pagina"),
                ),
                (
                    "asked",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=9,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01")),
                            django.core.validators.MaxValueValidator(Decimal("1000000")),
                        ],
                        verbose_name="gevraagd",
                    ),
                ),
                (
                    "ballot_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=9,
                        null=True,
                        verbose_name="bedrag op het stembiljet",
                    ),
                ),
                (
                    "granted",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="toegekend"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "ingediend"),
                            ("withdrawn", "ingetrokken"),
                            ("refused", "niet goedgekeurd"),
                            ("granted", "goedgekeurd"),
                            ("finished", "klaar"),
                            ("stopped", "gestopt"),
                        ],
                        default="received",
                        max_length=9,
                        verbose_name="stand",
                    ),
                ),
                ("handed_in_at", models.DateTimeField(verbose_name="ingediend")),
                ("handed_in_on", models.DateField()),
                ("submission", models.UUIDField(editable=False, unique=True)),
                ("receipt_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("finished_on", models.DateField(blank=True, null=True)),
                (
                    "participants",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(5000)],
                        verbose_name="hoeveel mensen deden mee",
                    ),
                ),
                ("outcome", models.CharField(blank=True, max_length=1500, verbose_name="wat het werd")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "verbose_name": "project van het wijkbudget",
                "verbose_name_plural": "projecten van het wijkbudget",
            },
        ),
        migrations.CreateModel(
            name="BallotChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chosen",
                        to="cohesion.ballot",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cohesion.budgetproject",
                    ),
                ),
            ],
            options={
                "verbose_name": "keuze op een stem",
                "verbose_name_plural": "keuzes op een stem",
            },
        ),
        migrations.AddField(
            model_name="ballot",
            name="projects",
            field=models.ManyToManyField(
                related_name="ballots", through="cohesion.BallotChoice", to="cohesion.budgetproject"
            ),
        ),
        migrations.CreateModel(
            name="BudgetRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="naam")),
                ("intro", models.CharField(blank=True, max_length=1000, verbose_name="uitleg voor bewoners")),
                (
                    "envelope",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=9,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01")),
                            django.core.validators.MaxValueValidator(Decimal("1000000")),
                        ],
                        verbose_name="bedrag dat er te verdelen is",
                    ),
                ),
                ("ideas_from_on", models.DateField(verbose_name="indienen vanaf")),
                ("ideas_until_on", models.DateField(verbose_name="indienen tot en met")),
                (
                    "choices",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="projecten per stem",
                    ),
                ),
                (
                    "tie_rule",
                    models.CharField(
                        choices=[
                            ("smallest", "wie het minste geld vraagt gaat voor"),
                            ("earliest", "wie het eerst indiende gaat voor"),
                        ],
                        default="smallest",
                        max_length=8,
                        verbose_name="bij evenveel stemmen",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "in voorbereiding"),
                            ("ideas", "open voor ideeën"),
                            ("assessing", "wordt nagekeken"),
                            ("voting", "stemmen kan"),
                            ("decided", "beslist"),
                            ("closed", "afgesloten"),
                        ],
                        default="draft",
                        max_length=9,
                        verbose_name="stand",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budget_rounds",
                        to="accounts.neighbourhood",
                        verbose_name="wijk",
                    ),
                ),
            ],
            options={
                "verbose_name": "ronde van het wijkbudget",
                "verbose_name_plural": "rondes van het wijkbudget",
            },
        ),
        migrations.AddField(
            model_name="budgetproject",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="projects",
                to="cohesion.budgetround",
            ),
        ),
        migrations.AddField(
            model_name="ballot",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="cohesion.budgetround"
            ),
        ),
        migrations.CreateModel(
            name="BudgetRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=200, verbose_name="regel")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="cohesion.budgetround",
                    ),
                ),
            ],
            options={
                "verbose_name": "regel van het wijkbudget",
                "verbose_name_plural": "regels van het wijkbudget",
            },
        ),
        migrations.CreateModel(
            name="BudgetTheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="thema")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="themes",
                        to="cohesion.budgetround",
                    ),
                ),
            ],
            options={
                "verbose_name": "thema van het wijkbudget",
                "verbose_name_plural": "thema's van het wijkbudget",
            },
        ),
        migrations.AddField(
            model_name="budgetproject",
            name="theme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="projects",
                to="cohesion.budgettheme",
                verbose_name="thema",
            ),
        ),
        migrations.CreateModel(
            name="CodeBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "size",
                    models.PositiveIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(500),
                        ],
                        verbose_name="hoeveel",
                    ),
                ),
                ("printed_at", models.DateTimeField()),
                ("is_void", models.BooleanField(default=False)),
                (
                    "printed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="cohesion.budgetround",
                    ),
                ),
            ],
            options={
                "verbose_name": "reeks stemcodes",
                "verbose_name_plural": "reeksen stemcodes",
            },
        ),
        migrations.CreateModel(
            name="LedgerLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("payment", "betaald"),
                            ("reversal", "betaling teruggedraaid"),
                            ("refund", "teruggekregen"),
                        ],
                        max_length=8,
                        verbose_name="wat",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=9, verbose_name="bedrag")),
                ("moved_on", models.DateField(verbose_name="datum")),
                ("note", models.CharField(blank=True, max_length=160, verbose_name="mededeling")),
                ("booked_at", models.DateTimeField()),
                (
                    "booked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="cohesion.budgetproject",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="cohesion.ledgerline",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="cohesion.budgetround",
                    ),
                ),
            ],
            options={
                "verbose_name": "lijn van het kasboek",
                "verbose_name_plural": "lijnen van het kasboek",
            },
        ),
        migrations.CreateModel(
            name="PaperCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("where", models.CharField(max_length=120, verbose_name="waar stond de bus")),
                (
                    "ballots",
                    models.PositiveIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5000),
                        ],
                        verbose_name="geldige biljetten",
                    ),
                ),
                ("counted_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "counted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_counts",
                        to="cohesion.budgetround",
                    ),
                ),
            ],
            options={
                "verbose_name": "telling op papier",
                "verbose_name_plural": "tellingen op papier",
            },
        ),
        migrations.CreateModel(
            name="PaperVotes",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("votes", models.PositiveIntegerField(verbose_name="stemmen")),
                (
                    "count",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="cohesion.papercount",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cohesion.budgetproject",
                    ),
                ),
            ],
            options={
                "verbose_name": "stemmen op papier voor een project",
                "verbose_name_plural": "stemmen op papier voor projecten",
            },
        ),
        migrations.CreateModel(
            name="RuleCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[("yes", "ja"), ("no", "nee"), ("unclear", "nog niet duidelijk")],
                        max_length=7,
                        verbose_name="oordeel",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="waarom")),
                ("checked_at", models.DateTimeField()),
                (
                    "checked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="cohesion.budgetproject",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="cohesion.budgetrule",
                    ),
                ),
            ],
            options={
                "verbose_name": "toetsing aan een regel",
                "verbose_name_plural": "toetsingen aan de regels",
            },
        ),
        migrations.CreateModel(
            name="VoteCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code_hash", models.CharField(max_length=64)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="cohesion.codebatch",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codes",
                        to="cohesion.budgetround",
                    ),
                ),
            ],
            options={
                "verbose_name": "stemcode",
                "verbose_name_plural": "stemcodes",
            },
        ),
        migrations.AddField(
            model_name="ballot",
            name="code",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="ballot", to="cohesion.votecode"
            ),
        ),
        migrations.CreateModel(
            name="VoteResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=600, verbose_name="de regel")),
                ("envelope", models.DecimalField(decimal_places=2, max_digits=9, verbose_name="te verdelen")),
                ("rows", models.JSONField(verbose_name="de uitslag")),
                ("ballots", models.PositiveIntegerField(verbose_name="stemmen met een code")),
                ("paper_ballots", models.PositiveIntegerField(verbose_name="stemmen op papier")),
                ("checksum", models.CharField(max_length=64)),
                ("frozen_at", models.DateTimeField()),
                (
                    "frozen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="result",
                        to="cohesion.budgetround",
                    ),
                ),
            ],
            options={
                "verbose_name": "uitslag van een stemming",
                "verbose_name_plural": "uitslagen van stemmingen",
            },
        ),
        migrations.CreateModel(
            name="BudgetPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(upload_to=arsenaal.lib.uploads.UnguessablePath("budget-photos"))),
                ("file_sha256", models.CharField(max_length=64)),
                ("caption", models.CharField(max_length=160, verbose_name="wat is er te zien")),
                ("is_public", models.BooleanField(default=False, verbose_name="op de publieke pagina")),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="cohesion.budgetproject",
                    ),
                ),
            ],
            options={
                "verbose_name": "foto van een project",
                "verbose_name_plural": "foto's van projecten",
                "constraints": [
                    models.UniqueConstraint(fields=("project", "file_sha256"), name="budget_photo_once"),
                    models.CheckConstraint(
                        condition=models.Q(("caption", ""), _negated=True), name="budget_photo_is_told"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_granted", models.BooleanField(verbose_name="goedgekeurd")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=9, verbose_name="toegekend")),
                ("reason", models.TextField(max_length=2000, verbose_name="waarom")),
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="cohesion.budgetproject",
                    ),
                ),
            ],
            options={
                "verbose_name": "beslissing over een project",
                "verbose_name_plural": "beslissingen over projecten",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gte", 0), ("is_granted", True)),
                            models.Q(("amount", 0), ("is_granted", False)),
                            _connector="OR",
                        ),
                        name="budget_decision_amount_fits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="budget_decision_has_reason",
                        violation_error_message="Schrijf op waarom: het staat in de brief.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetApplicant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="naam")),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=120, verbose_name="vereniging of school"),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="adres")),
                ("email", models.EmailField(blank=True, max_length=160, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="telefoon")),
                (
                    "motivation",
                    models.TextField(blank=True, max_length=4000, verbose_name="waarom dit project"),
                ),
                ("partner", models.CharField(blank=True, max_length=160, verbose_name="wie helpt mee")),
                (
                    "iban",
                    arsenaal.lib.encryption.EncryptedTextField(
                        blank=True, null=True, verbose_name="rekeningnummer"
                    ),
                ),
                ("account_holder", models.CharField(blank=True, max_length=120, verbose_name="op naam van")),
                (
                    "quote",
                    models.FileField(blank=True, upload_to=arsenaal.lib.uploads.UnguessablePath("budget")),
                ),
                ("quote_type", models.CharField(blank=True, max_length=40)),
                ("quote_size", models.PositiveIntegerField(default=0)),
                ("quote_sha256", models.CharField(blank=True, max_length=64)),
                ("emptied_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="applicant",
                        to="cohesion.budgetproject",
                    ),
                ),
            ],
            options={
                "verbose_name": "aanvrager van het wijkbudget",
                "verbose_name_plural": "aanvragers van het wijkbudget",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("quote", ""), ("quote_sha256", ""), ("quote_size", 0), ("quote_type", "")
                            ),
                            models.Q(
                                models.Q(("quote", ""), _negated=True),
                                models.Q(("quote_sha256", ""), _negated=True),
                                models.Q(("quote_type", ""), _negated=True),
                                ("quote_size__gt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="budget_quote_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("emptied_on__isnull", True),
                            models.Q(
                                ("address", ""),
                                ("email", ""),
                                ("iban__isnull", True),
                                ("motivation", ""),
                                ("name", ""),
                                ("phone", ""),
                                ("quote", ""),
                            ),
                            _connector="OR",
                        ),
                        name="budget_applicant_emptied_is_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetAdvice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=120, verbose_name="wie geeft advies")),
                ("text", models.TextField(max_length=2000, verbose_name="advies")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=9,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="geadviseerd bedrag",
                    ),
                ),
                ("advised_at", models.DateTimeField()),
                (
                    "advised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="advices",
                        to="cohesion.budgetproject",
                    ),
                ),
            ],
            options={
                "verbose_name": "advies over een project",
                "verbose_name_plural": "adviezen over projecten",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0), ("amount__lte", Decimal("1000000"))),
                        name="budget_advice_amount_sane",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="ballotchoice",
            constraint=models.UniqueConstraint(fields=("ballot", "project"), name="ballot_choice_once"),
        ),
        migrations.AddConstraint(
            model_name="budgetround",
            constraint=models.UniqueConstraint(
                fields=("neighbourhood", "title"),
                name="budget_round_title_once",
                violation_error_message="Er is al een ronde met deze naam.",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetround",
            constraint=models.CheckConstraint(
                condition=models.Q(("envelope__gte", Decimal("0.01")), ("envelope__lte", Decimal("1000000"))),
                name="budget_round_envelope_sane",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetround",
            constraint=models.CheckConstraint(
                condition=models.Q(("ideas_until_on__gte", models.F("ideas_from_on"))),
                name="budget_round_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetround",
            constraint=models.CheckConstraint(
                condition=models.Q(("choices__gte", 1), ("choices__lte", 5)), name="budget_round_choices_sane"
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", False), ("state", "closed")),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("closed_on__isnull", True)),
                    _connector="OR",
                ),
                name="budget_round_closed_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetrule",
            constraint=models.UniqueConstraint(fields=("round", "text"), name="budget_rule_once"),
        ),
        migrations.AddConstraint(
            model_name="budgettheme",
            constraint=models.UniqueConstraint(fields=("round", "name"), name="budget_theme_once"),
        ),
        migrations.AddIndex(
            model_name="budgetproject",
            index=models.Index(fields=["neighbourhood", "handed_in_on"], name="budget_project_by_day"),
        ),
        migrations.AddConstraint(
            model_name="budgetproject",
            constraint=models.UniqueConstraint(fields=("round", "number"), name="budget_project_number_once"),
        ),
        migrations.AddConstraint(
            model_name="budgetproject",
            constraint=models.CheckConstraint(
                condition=models.Q(("asked__gte", Decimal("0.01")), ("asked__lte", Decimal("1000000"))),
                name="budget_project_asked_sane",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetproject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ballot_amount__isnull", True),
                    models.Q(
                        ("ballot_amount__gte", Decimal("0.01")), ("ballot_amount__lte", models.F("asked"))
                    ),
                    _connector="OR",
                ),
                name="budget_project_ballot_sane",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetproject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("granted", "finished", "stopped")),
                        ("granted__gte", 0),
                        ("granted__lte", models.F("asked")),
                    ),
                    models.Q(
                        models.Q(("state__in", ("granted", "finished", "stopped")), _negated=True),
                        ("granted__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="budget_project_granted_at_most_asked",
                violation_error_message="Er kan niet meer toegekend worden dan gevraagd is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetproject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_on__isnull", False),
                        ("state__in", ["granted", "finished", "stopped", "refused"]),
                    ),
                    models.Q(
                        models.Q(("state__in", ["granted", "finished", "stopped", "refused"]), _negated=True),
                        ("decided_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="budget_project_decided_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetproject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("finished_on__isnull", False),
                        ("participants__isnull", False),
                        ("state__in", ["finished", "stopped"]),
                    ),
                    models.Q(
                        models.Q(("state__in", ["finished", "stopped"]), _negated=True),
                        ("finished_on__isnull", True),
                        ("participants__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="budget_project_finished_is_told",
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerline",
            index=models.Index(fields=["round", "moved_on", "id"], name="budget_line_in_order"),
        ),
        migrations.AddConstraint(
            model_name="ledgerline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("kind", "payment"), ("reverses__isnull", True)),
                    models.Q(("amount__lt", 0), ("kind", "reversal"), ("reverses__isnull", False)),
                    models.Q(("amount__lt", 0), ("kind", "refund"), ("reverses__isnull", True)),
                    _connector="OR",
                ),
                name="budget_line_sign",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "payment"), models.Q(("note", ""), _negated=True), _connector="OR"
                ),
                name="budget_line_back_is_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="papercount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checked_at__isnull", True), ("checked_by__isnull", True)),
                    models.Q(("checked_at__isnull", False), ("checked_by__isnull", False)),
                    _connector="OR",
                ),
                name="paper_count_checked_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="papercount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("checked_by__isnull", True),
                    models.Q(("checked_by", models.F("counted_by")), _negated=True),
                    _connector="OR",
                ),
                name="paper_count_checked_by_another",
                violation_error_message="Wie telde, kan niet zelf nakijken. Vraag een collega.",
            ),
        ),
        migrations.AddConstraint(
            model_name="papervotes",
            constraint=models.UniqueConstraint(fields=("count", "project"), name="paper_votes_once"),
        ),
        migrations.AddConstraint(
            model_name="rulecheck",
            constraint=models.UniqueConstraint(fields=("project", "rule"), name="budget_check_once"),
        ),
        migrations.AddConstraint(
            model_name="rulecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verdict", "yes"), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="budget_check_has_reason",
                violation_error_message="Schrijf op waarom.",
            ),
        ),
        migrations.AddConstraint(
            model_name="votecode",
            constraint=models.UniqueConstraint(fields=("round", "code_hash"), name="vote_code_once"),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
