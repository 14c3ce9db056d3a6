"""On no day do the shares in one dwelling add up to more than the whole, whoever presses first.

The trigger runs when the transaction commits. It locks the dwelling, so a second transaction waits for the first
and then sees its rows. The sum is kept as an exact fraction: three thirds are one, not nearly one.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION ownership_shares_at_most_one() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    boundary date;
    part record;
    total_n numeric;
    total_d numeric;
    divisor numeric;
BEGIN
    -- Not FOR UPDATE: the foreign key already holds the row FOR KEY SHARE, and two would wait for each other.
    PERFORM 1 FROM housing_dwelling WHERE id = NEW.dwelling_id FOR NO KEY UPDATE;
    -- A sum can only rise on a day on which somebody's share begins.
    FOR boundary IN SELECT DISTINCT from_on FROM housing_ownership WHERE dwelling_id = NEW.dwelling_id LOOP
        total_n := 0;
        total_d := 1;
        FOR part IN
            SELECT share_numerator::numeric AS n, share_denominator::numeric AS d FROM housing_ownership
            WHERE dwelling_id = NEW.dwelling_id AND from_on <= boundary
                AND (until_on IS NULL OR until_on >= boundary)
        LOOP
            total_n := total_n * part.d + part.n * total_d;
            total_d := total_d * part.d;
            divisor := gcd(total_n, total_d);
            total_n := div(total_n, divisor);
            total_d := div(total_d, divisor);
        END LOOP;
        IF total_n > total_d THEN
            RAISE EXCEPTION 'the shares in dwelling % exceed 1 on %', NEW.dwelling_id, boundary
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ownership_shares_at_most_one';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ownership_shares_at_most_one AFTER INSERT OR UPDATE ON housing_ownership
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ownership_shares_at_most_one();
"""

BACKWARD = """
DROP TRIGGER ownership_shares_at_most_one ON housing_ownership;
DROP FUNCTION ownership_shares_at_most_one();
"""


class Migration(migrations.Migration):
    dependencies = [("housing", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
