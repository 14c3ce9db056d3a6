"""What the rules of cases/walls.py and people/walls.py ask about restrictions (GDPR art. 18)."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION wall.restricted_persons() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(person_id), '{}') FROM public.people_restriction WHERE lifted_at IS NULL
$$;

-- The households to which somebody who is restricted ever belonged (people.models.restriction).
CREATE FUNCTION wall.restricted_households() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT m.household_id), '{}')
    FROM public.people_restriction r JOIN public.people_householdmember m ON m.person_id = r.person_id
    WHERE r.lifted_at IS NULL AND m.leave_reason <> 'mistake'
$$;
"""
BACKWARD = "DROP FUNCTION wall.restricted_persons(); DROP FUNCTION wall.restricted_households();"


class Migration(migrations.Migration):
    dependencies = [("people", "0003_restriction"), ("accounts", "0002_wall")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
