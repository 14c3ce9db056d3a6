"""The functions of the second wall in PL/pgSQL, which keeps their plans for as long as the connection lives.

Those of 0002 are in SQL: read and planned anew at each call, a millisecond every time, several times per query.
"""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION wall.user_id() RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
    acting text[] := wall.actor();
BEGIN
    RETURN CASE WHEN acting[1] = 'user' THEN acting[2]::bigint END;
END $$;

CREATE OR REPLACE FUNCTION wall.roles() RETURNS TABLE (neighbourhood_id bigint, role text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me bigint := wall.user_id();
    today date := wall.today();
BEGIN
    RETURN QUERY
    SELECT m.neighbourhood_id, m.role::text
    FROM public.accounts_membership m
    JOIN public.accounts_user u ON u.id = m.user_id AND u.is_active
    JOIN public.accounts_neighbourhood n ON n.id = m.neighbourhood_id AND n.is_active
    WHERE m.user_id = me AND m.from_on <= today AND (m.until_on IS NULL OR m.until_on >= today);
END $$;

CREATE OR REPLACE FUNCTION wall.hoods(wanted text) RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (
        SELECT coalesce(array_agg(DISTINCT r.neighbourhood_id), '{}')
        FROM wall.roles() r JOIN wall.role_permission p ON p.role = r.role
        WHERE p.permission = wanted
    );
END $$;

CREATE OR REPLACE FUNCTION wall.circles() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (
        SELECT coalesce(array_agg(DISTINCT r.neighbourhood_id || ':' || c.circle), '{}')
        FROM wall.roles() r JOIN wall.role_circle c ON c.role = r.role
    );
END $$;

CREATE OR REPLACE FUNCTION wall.organisation_id() RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me bigint := wall.user_id();
BEGIN
    RETURN (SELECT u.organisation_id FROM public.accounts_user u WHERE u.id = me);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_feed_token")]

    # Either way of writing them gives the same answers: nothing to take back.
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
