"""What the second wall stands on: who acts, and what he may where. Its rules per table are in `<package>/walls.py`."""

from django.db import migrations

FORWARD = r"""
CREATE SCHEMA wall;

-- The key with which the program signs who acts, as the two pads of HMAC (arsenaal/lib/wall.py). One row per
-- SECRET_KEY that is valid. Nobody but the owner can read this schema's tables.
CREATE TABLE wall.key (inner_pad bytea NOT NULL, outer_pad bytea NOT NULL);

-- What the roles may do, copied from accounts/roles.py after each migration.
CREATE TABLE wall.role_permission (role text NOT NULL, permission text NOT NULL, PRIMARY KEY (role, permission));
CREATE TABLE wall.role_circle (role text NOT NULL, circle text NOT NULL, PRIMARY KEY (role, circle));

-- What was set up last, so that nothing is locked when nothing changed.
CREATE TABLE wall.state (name text PRIMARY KEY, value text NOT NULL);

-- Who acts: {kind, who, today, now}, or NULL when nobody does or the signature isn't ours.
CREATE FUNCTION wall.actor() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    told text := current_setting('arsenaal.actor', true);
    payload text;
BEGIN
    IF told IS NULL OR told = '' THEN
        RETURN NULL;
    END IF;
    payload := substr(told, 66);
    IF EXISTS (
        SELECT FROM wall.key
        WHERE encode(sha256(outer_pad || sha256(inner_pad || convert_to(payload, 'UTF8'))), 'hex') = left(told, 64)
    ) THEN
        RETURN string_to_array(payload, '|');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION wall.is_system() RETURNS boolean LANGUAGE sql STABLE
    AS $$ SELECT coalesce((wall.actor())[1] = 'system', false) $$;
CREATE FUNCTION wall.is_somebody() RETURNS boolean LANGUAGE sql STABLE
    AS $$ SELECT wall.actor() IS NOT NULL $$;
CREATE FUNCTION wall.user_id() RETURNS bigint LANGUAGE sql STABLE
    AS $$ SELECT CASE WHEN a[1] = 'user' THEN a[2]::bigint END FROM (SELECT wall.actor() AS a) AS acting $$;
CREATE FUNCTION wall.today() RETURNS date LANGUAGE sql STABLE
    AS $$ SELECT (wall.actor())[3]::date $$;
CREATE FUNCTION wall.moment() RETURNS timestamptz LANGUAGE sql STABLE
    AS $$ SELECT (wall.actor())[4]::timestamptz $$;

-- The memberships of the acting user that hold today (accounts.User.access).
CREATE FUNCTION wall.roles() RETURNS TABLE (neighbourhood_id bigint, role text) LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT m.neighbourhood_id, m.role::text
    FROM public.accounts_membership m
    JOIN public.accounts_user u ON u.id = m.user_id AND u.is_active
    JOIN public.accounts_neighbourhood n ON n.id = m.neighbourhood_id AND n.is_active
    WHERE m.user_id = wall.user_id() AND m.from_on <= wall.today()
        AND (m.until_on IS NULL OR m.until_on >= wall.today())
$$;

-- The neighbourhoods where the acting user has a permission.
CREATE FUNCTION wall.hoods(wanted text) RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT r.neighbourhood_id), '{}')
    FROM wall.roles() r JOIN wall.role_permission p ON p.role = r.role
    WHERE p.permission = wanted
$$;

-- The circles that the acting user reads, as 'neighbourhood:circle'.
CREATE FUNCTION wall.circles() RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT r.neighbourhood_id || ':' || c.circle), '{}')
    FROM wall.roles() r JOIN wall.role_circle c ON c.role = r.role
$$;

-- The organisation of the acting user.
CREATE FUNCTION wall.organisation_id() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT organisation_id FROM public.accounts_user WHERE id = wall.user_id()
$$;

GRANT USAGE ON SCHEMA wall TO PUBLIC;
"""

BACKWARD = "DROP SCHEMA wall CASCADE"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
