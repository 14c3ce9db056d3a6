"""The timeline is append-only in the database too: whatever the program does, the past stays."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION timelineentry_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
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
        OR NEW.body <> '' OR NOT (OLD.data @> NEW.data)
    THEN
        RAISE EXCEPTION 'the timeline is append-only: entry % can only be redacted, once', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER timelineentry_append_only BEFORE UPDATE OR DELETE ON cases_timelineentry
    FOR EACH ROW EXECUTE FUNCTION timelineentry_append_only();
"""

BACKWARD = """
DROP TRIGGER timelineentry_append_only ON cases_timelineentry;
DROP FUNCTION timelineentry_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
