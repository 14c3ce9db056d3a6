"""What keeps destruction honest in the database itself.

An entry of the timeline can be deleted by the owner's function alone (rights/engine/wall.py), and an approved list can
be neither changed nor deleted. The function itself is made after each migration.
"""

from django.db import migrations

FORWARD = """
-- Deleting: only from within the owner's function, which says which case it is at.
CREATE FUNCTION only_by_destruction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID)
        OR coalesce(current_setting('arsenaal.destroying', true), '') = ''
    THEN
        RAISE EXCEPTION 'append-only: row % of % can only go with an approved destruction', OLD.id, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER timelineentry_kept BEFORE DELETE ON cases_timelineentry
    FOR EACH ROW EXECUTE FUNCTION only_by_destruction();
DROP TRIGGER timelineentry_append_only ON cases_timelineentry;
CREATE TRIGGER timelineentry_append_only BEFORE UPDATE ON cases_timelineentry
    FOR EACH ROW EXECUTE FUNCTION timelineentry_append_only();

CREATE FUNCTION destructionlist_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    now_wanted text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'list % is kept for good', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state IN ('done', 'withdrawn') THEN
        RAISE EXCEPTION 'list % is % and never changes', OLD.id, OLD.state USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'running' AND (
        NEW.state NOT IN ('running', 'done')
        OR (NEW.first_by_id, NEW.first_at, NEW.second_by_id, NEW.second_at, NEW.digest)
           IS DISTINCT FROM (OLD.first_by_id, OLD.first_at, OLD.second_by_id, OLD.second_at, OLD.digest))
    THEN
        RAISE EXCEPTION 'list % was approved', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state <> 'running' AND NEW.state IN ('running', 'done') THEN
        SELECT encode(sha256(convert_to(coalesce(string_agg(
                   l.category || ':' || l.subject_id || ':' || l.label, E'\\n'
                   ORDER BY l.category COLLATE "C", l.subject_id), ''), 'UTF8')), 'hex')
          INTO now_wanted
          FROM rights_destructionline l
         WHERE l.destruction_list_id = NEW.id AND l.taken_out_at IS NULL;
        IF OLD.state <> 'approved1' OR NEW.state <> 'running' OR NEW.digest <> OLD.digest
            OR NEW.digest <> now_wanted OR NEW.first_by_id IS DISTINCT FROM OLD.first_by_id
        THEN
            RAISE EXCEPTION 'list % changed since it was approved', OLD.id USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER destructionlist_kept BEFORE UPDATE OR DELETE ON rights_destructionlist
    FOR EACH ROW EXECUTE FUNCTION destructionlist_kept();
CREATE FUNCTION destructionlist_starts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'draft' THEN
        RAISE EXCEPTION 'a list starts unapproved' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER destructionlist_starts BEFORE INSERT ON rights_destructionlist
    FOR EACH ROW EXECUTE FUNCTION destructionlist_starts();

CREATE FUNCTION destructionline_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    list_state text;
BEGIN
    SELECT state INTO list_state FROM rights_destructionlist
     WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.destruction_list_id ELSE OLD.destruction_list_id END;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'line % is kept for good', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF list_state <> 'draft' THEN
            RAISE EXCEPTION 'nothing is added to list %', NEW.destruction_list_id USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.destruction_list_id, NEW.rule_id, NEW.category, NEW.subject_id, NEW.label, NEW.due_on)
        IS DISTINCT FROM (OLD.destruction_list_id, OLD.rule_id, OLD.category, OLD.subject_id, OLD.label, OLD.due_on)
        OR OLD.destroyed_at IS NOT NULL AND NEW.destroyed_at IS DISTINCT FROM OLD.destroyed_at
        OR list_state NOT IN ('draft', 'approved1') AND NEW.taken_out_at IS DISTINCT FROM OLD.taken_out_at
        OR list_state <> 'running' AND NEW.destroyed_at IS NOT NULL AND OLD.destroyed_at IS NULL
    THEN
        RAISE EXCEPTION 'line % is kept as it was approved', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER destructionline_kept BEFORE INSERT OR UPDATE OR DELETE ON rights_destructionline
    FOR EACH ROW EXECUTE FUNCTION destructionline_kept();
"""

BACKWARD = """
DROP TRIGGER destructionline_kept ON rights_destructionline;
DROP FUNCTION destructionline_kept();
DROP TRIGGER destructionlist_starts ON rights_destructionlist;
DROP FUNCTION destructionlist_starts();
DROP TRIGGER destructionlist_kept ON rights_destructionlist;
DROP FUNCTION destructionlist_kept();
DROP TRIGGER timelineentry_kept ON cases_timelineentry;
DROP FUNCTION only_by_destruction();
DROP FUNCTION IF EXISTS rights_destroy_case(bigint);
DROP TRIGGER timelineentry_append_only ON cases_timelineentry;
CREATE TRIGGER timelineentry_append_only BEFORE UPDATE OR DELETE ON cases_timelineentry
    FOR EACH ROW EXECUTE FUNCTION timelineentry_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_initial"), ("cases", "0013_wall_of_releases")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
