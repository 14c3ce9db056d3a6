"""What the rules of cases/walls.py ask about partners: of which cases they may know the team's own work."""

from django.db import migrations

FORWARD = """
-- The cases whose family lets the acting user's organisation know the plan (Case.shared_with), whoever's they are.
CREATE FUNCTION wall.shared_cases() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT s.case_id), '{}')
    FROM public.cases_consent s JOIN public.cases_consent_recipients r ON r.consent_id = s.id
    WHERE r.organisation_id = wall.organisation_id() AND 'plan' = ANY (s.categories) AND s.withdrawn_at IS NULL
        AND NOT EXISTS (SELECT FROM public.cases_consent n WHERE n.replaces_id = s.id)
        AND s.from_on <= wall.today() AND (s.until_on IS NULL OR s.until_on >= wall.today())
$$;

-- The consents that hold today (Consent.valid_on), for releases that rest on them.
CREATE FUNCTION wall.valid_consents() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT r.consent_id), '{}')
    FROM public.cases_release r JOIN public.cases_consent s ON s.id = r.consent_id
    WHERE r.ended_at IS NULL AND s.withdrawn_at IS NULL
        AND NOT EXISTS (SELECT FROM public.cases_consent n WHERE n.replaces_id = s.id)
        AND s.from_on <= wall.today() AND (s.until_on IS NULL OR s.until_on >= wall.today())
$$;

-- The people who let the acting user's organisation know of them, in the cases on whose team he is. As in 0010, and
-- without the consents that a newer one replaced.
CREATE OR REPLACE FUNCTION wall.consented_persons() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    WITH valid AS (
        SELECT s.person_id, s.categories, c.household_id
        FROM public.cases_consent s
        JOIN public.cases_consent_recipients r ON r.consent_id = s.id
        JOIN public.cases_case c ON c.id = s.case_id
        WHERE r.organisation_id = wall.organisation_id() AND s.withdrawn_at IS NULL
            AND NOT EXISTS (SELECT FROM public.cases_consent n WHERE n.replaces_id = s.id)
            AND s.from_on <= wall.today() AND (s.until_on IS NULL OR s.until_on >= wall.today())
            AND (c.id = ANY (wall.team_cases()) OR c.neighbourhood_id = ANY (wall.hoods('case.read_all')))
    )
    SELECT coalesce(array_agg(DISTINCT found.person_id), '{}') FROM (
        SELECT person_id FROM valid WHERE 'contact' = ANY (categories)
        UNION
        SELECT m.person_id FROM valid v JOIN public.people_householdmember m ON m.household_id = v.household_id
        WHERE 'family' = ANY (v.categories)
    ) AS found
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_documents_and_releases")]

    operations = [
        migrations.RunSQL(FORWARD, "DROP FUNCTION wall.shared_cases(); DROP FUNCTION wall.valid_consents();")
    ]
