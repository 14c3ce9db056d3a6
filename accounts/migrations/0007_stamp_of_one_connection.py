"""A stamp of who acts counts on the connection that it was made for, and for a while: captured, it is worth nothing."""

from django.db import migrations

_ACTOR = r"""
CREATE OR REPLACE FUNCTION wall.actor() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    told text := current_setting('arsenaal.actor', true);
    payload text;
    acting text[];
BEGIN
    IF told IS NULL OR told = '' THEN
        RETURN NULL;
    END IF;
    payload := substr(told, 66);
    IF EXISTS (
        SELECT FROM wall.key
        WHERE encode(sha256(outer_pad || sha256(inner_pad || convert_to(payload, 'UTF8'))), 'hex') = left(told, 64)
    ) THEN
        acting := string_to_array(payload, '|');
        %s
    END IF;
    RETURN NULL;
END $$;
"""
# now() is when the transaction began: what was allowed to begin, goes on to its end.
FORWARD = (
    _ACTOR
    % """IF acting[5] = pg_backend_pid()::text AND acting[6]::float8 > extract(epoch FROM now()) THEN
            RETURN acting;
        END IF;"""
)
BACKWARD = _ACTOR % "RETURN acting;"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_wall_planned_once")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
