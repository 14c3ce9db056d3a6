"""Redaction takes the title away as well: until now an entry could be given another title while it was redacted."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION timelineentry_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'the timeline is append-only: entry % can not be deleted', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    -- Redaction is the one permitted change: once, with who and why, and only by taking words away.
    IF OLD.redacted_at IS NOT NULL OR NEW.redacted_at IS NULL
        OR (NEW.id, NEW.case_id, NEW.kind, NEW.circle, NEW.goal, NEW.occurred_at, NEW.recorded_at, NEW.author_id,
            NEW.author_label, NEW.discipline, NEW.participants, NEW.supersedes_id)
        IS DISTINCT FROM
           (OLD.id, OLD.case_id, OLD.kind, OLD.circle, OLD.goal, OLD.occurred_at, OLD.recorded_at, OLD.author_id,
            OLD.author_label, OLD.discipline, OLD.participants, OLD.supersedes_id)
        OR NEW.body <> '' {title} OR NOT (OLD.data @> NEW.data)
    THEN
        RAISE EXCEPTION 'the timeline is append-only: entry % can only be redacted, once', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_obstacle_periods")]

    operations = [
        migrations.RunSQL(
            FUNCTION.format(title="OR NEW.title <> ''"),
            FUNCTION.format(title=""),
        )
    ]
