"""What the rules of cases/walls.py ask, in PL/pgSQL (accounts 0006): planned once, and who acts looked up once.

In SQL the neighbourhoods of the acting user were worked out anew for each row that was compared with them.
"""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION wall.team_cases() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me bigint := wall.user_id();
    today date := wall.today();
    hoods bigint[] := wall.hoods('case.read');
BEGIN
    RETURN (
        SELECT coalesce(array_agg(DISTINCT c.id), '{}')
        FROM public.cases_casemember m JOIN public.cases_case c ON c.id = m.case_id
        WHERE m.user_id = me AND m.from_on <= today AND (m.until_on IS NULL OR m.until_on >= today)
            AND c.neighbourhood_id = ANY (hoods)
    );
END $$;

CREATE OR REPLACE FUNCTION wall.works_in_team() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me bigint := wall.user_id();
BEGIN
    RETURN EXISTS (
        SELECT FROM public.accounts_user u JOIN public.accounts_organisation o ON o.id = u.organisation_id
        WHERE u.id = me AND o.kind IN ('city', 'welfare', 'community')
    );
END $$;

CREATE OR REPLACE FUNCTION wall.shared_cases() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine bigint := wall.organisation_id();
    today date := wall.today();
BEGIN
    RETURN (
        SELECT coalesce(array_agg(DISTINCT s.case_id), '{}')
        FROM public.cases_consent s JOIN public.cases_consent_recipients r ON r.consent_id = s.id
        WHERE r.organisation_id = mine AND 'plan' = ANY (s.categories) AND s.withdrawn_at IS NULL
            AND NOT EXISTS (SELECT FROM public.cases_consent n WHERE n.replaces_id = s.id)
            AND s.from_on <= today AND (s.until_on IS NULL OR s.until_on >= today)
    );
END $$;

CREATE OR REPLACE FUNCTION wall.valid_consents() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date := wall.today();
BEGIN
    RETURN (
        SELECT coalesce(array_agg(DISTINCT r.consent_id), '{}')
        FROM public.cases_release r JOIN public.cases_consent s ON s.id = r.consent_id
        WHERE r.ended_at IS NULL AND s.withdrawn_at IS NULL
            AND NOT EXISTS (SELECT FROM public.cases_consent n WHERE n.replaces_id = s.id)
            AND s.from_on <= today AND (s.until_on IS NULL OR s.until_on >= today)
    );
END $$;

CREATE OR REPLACE FUNCTION wall.consented_persons() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine bigint := wall.organisation_id();
    today date := wall.today();
    team bigint[] := wall.team_cases();
    hoods bigint[] := wall.hoods('case.read_all');
BEGIN
    RETURN (
        WITH valid AS (
            SELECT s.person_id, s.categories, c.household_id
            FROM public.cases_consent s
            JOIN public.cases_consent_recipients r ON r.consent_id = s.id
            JOIN public.cases_case c ON c.id = s.case_id
            WHERE r.organisation_id = mine AND s.withdrawn_at IS NULL
                AND NOT EXISTS (SELECT FROM public.cases_consent n WHERE n.replaces_id = s.id)
                AND s.from_on <= today AND (s.until_on IS NULL OR s.until_on >= today)
                AND (c.id = ANY (team) OR c.neighbourhood_id = ANY (hoods))
        )
        SELECT coalesce(array_agg(DISTINCT found.person_id), '{}') FROM (
            SELECT person_id FROM valid WHERE 'contact' = ANY (categories)
            UNION
            SELECT m.person_id FROM valid v JOIN public.people_householdmember m ON m.household_id = v.household_id
            WHERE 'family' = ANY (v.categories)
        ) AS found
    );
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_reference"), ("accounts", "0006_wall_planned_once")]

    # Either way of writing them gives the same answers: nothing to take back.
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
