"""The evidence ledger is append-only in the database too, and a finished bundle never changes.

Landlords that were there already get the keys by which they are recognised.
"""

from typing import Any

from django.db import migrations

LEDGER = ("evidence", "rentpayment", "chargeclaim", "indexation", "exhibitpermission")

FORWARD = """
CREATE FUNCTION housing_ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    withdrawal text[] := ARRAY['withdrawn_at', 'withdrawn_by_id', 'withdrawn_reason', 'withdrawn_how'];
BEGIN
    IF public.being_destroyed(TG_RELID) THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'the ledger is append-only: line % of % can not be deleted', OLD.id, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    -- Withdrawing is the one permitted change, once, and it changes nothing of what was written.
    IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
        OR (to_jsonb(NEW) - withdrawal) IS DISTINCT FROM (to_jsonb(OLD) - withdrawal)
    THEN
        RAISE EXCEPTION 'the ledger is append-only: line % of % can only be withdrawn, once', OLD.id, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION housing_bundle_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF public.being_destroyed(TG_RELID) THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'housing_bundle' THEN
        IF OLD.state <> 'done' THEN  -- asked apart: an item has no state
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a finished bundle never changes'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER bundle_frozen BEFORE UPDATE OR DELETE ON housing_bundle
    FOR EACH ROW EXECUTE FUNCTION housing_bundle_frozen();
CREATE TRIGGER bundleitem_frozen BEFORE UPDATE OR DELETE ON housing_bundleitem
    FOR EACH ROW EXECUTE FUNCTION housing_bundle_frozen();
""" + "".join(
    f"""
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON housing_{table}
    FOR EACH ROW EXECUTE FUNCTION housing_ledger_append_only();
"""
    for table in LEDGER
)

BACKWARD = (
    "".join(f"DROP TRIGGER {table}_append_only ON housing_{table};\n" for table in LEDGER)
    + """
DROP TRIGGER bundle_frozen ON housing_bundle;
DROP TRIGGER bundleitem_frozen ON housing_bundleitem;
DROP FUNCTION housing_ledger_append_only();
DROP FUNCTION housing_bundle_frozen();
"""
)


def fill_match_keys(apps: Any, schema_editor: Any) -> None:
    """Work out the keys of the landlords that are there."""
    from housing.match_keys import match_keys

    landlords = apps.get_model("housing", "Landlord").objects.using(schema_editor.connection.alias)
    for landlord in landlords.only("phone", "email").iterator(chunk_size=500):
        keys = match_keys(company_number="", address="", phone=landlord.phone, email=landlord.email)
        landlords.filter(pk=landlord.pk).update(match_keys=keys)


class Migration(migrations.Migration):
    dependencies = [("housing", "0010_legal"), ("cases", "0010_second_wall")]

    operations = [
        migrations.RunPython(fill_match_keys, migrations.RunPython.noop),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
