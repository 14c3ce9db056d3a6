"""A report that is done is frozen in the database too: nobody can quietly change a figure that was handed out."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION report_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'done' THEN
        RAISE EXCEPTION 'report % is done and never changes', OLD.uuid USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER report_frozen BEFORE UPDATE OR DELETE ON reporting_report
    FOR EACH ROW EXECUTE FUNCTION report_frozen();
"""

BACKWARD = """
DROP TRIGGER report_frozen ON reporting_report;
DROP FUNCTION report_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
