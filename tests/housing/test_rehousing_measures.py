"""The figures about agreements, stays and aftercare."""

from typing import Any

import pytest

from arsenaal.lib.registries import MeasureValue, Period, measures
from cases.models import Case
from housing.actions.aftercare import do_aftercare
from housing.actions.obligations import mark_breached, mark_done, waive
from housing.actions.stays import end_stay
from housing.agreement_enums import StayOutcome
from tests.factories import World
from tests.housing.rehousing import ago, due_of, make_unit, running, staying, today

YEAR = Period(ago(365), today())


def count(world: World, code: str, period: Period = YEAR) -> MeasureValue:
    return measures.get(code).compute(world.neighbourhood.pk, period)


def test_stays_that_ended_count_by_where_they_went(world: World, case: Case) -> None:
    first, second = staying(world, case), staying(world, world.other_case, make_unit(world, "2"), since=20)
    assert count(world, "rehousing.ended").count == 0
    end_stay(by=world.lawyer, stay=first, ended_on=today(), outcome=StayOutcome.RETURNED)
    end_stay(by=world.lawyer, stay=second, ended_on=ago(10), outcome=StayOutcome.SOCIAL)
    found = count(world, "rehousing.ended")
    assert found.count == sum(found.parts.values()) == 2
    assert found.parts["terug naar de eigen woning"] == found.parts["naar een sociale woning"] == 1
    assert count(world, "rehousing.days").value == 25
    assert count(world, "rehousing.ended", Period(ago(5), ago(2))).count == 0


def test_obligations_count_as_kept_only_in_time(world: World, case: Case) -> None:
    agreement = running(world, case, starts_on=ago(60), return_on=ago(10))
    dated = list(agreement.dues.filter(due_on__range=(ago(365), today())).order_by("due_on", "pk"))
    before = count(world, "agreements.kept")
    assert before.count == len(dated)
    fee = due_of(agreement, "verblijfsvergoeding")
    mark_done(by=world.lawyer, due=fee, done_on=fee.due_on)
    mark_done(by=world.lawyer, due=due_of(agreement, "premies"), done_on=today())
    mark_breached(by=world.lawyer, due=due_of(agreement, "conformiteitsattest"))
    waive(by=world.lawyer, due=due_of(agreement, "eigen verhuis"), note="De stad verhuisde hen.")
    found = count(world, "agreements.kept")
    assert found.count == sum(found.parts.values()) == before.count - 1
    assert (found.parts["op tijd nagekomen"], found.parts["te laat nagekomen"]) == (1, 1)
    assert found.parts["niet nagekomen"] == 1


def test_aftercare_and_relapse(world: World, case: Case) -> None:
    stay = staying(world, case, since=300)
    end_stay(by=world.lawyer, stay=stay, ended_on=ago(200), outcome=StayOutcome.RETURNED)
    three, six, _year = stay.aftercare.select_related("case", "stay").order_by("due_on")
    values: dict[str, Any] = {"by": world.lawyer, "done_on": today()}
    do_aftercare(check=three, result="well", **values)
    do_aftercare(
        check=six, result="worry", note="Weer vocht.", is_relapse=True, radar_words="Weer vocht.", **values
    )
    done = count(world, "aftercare.done")
    assert (done.count, done.parts["nazorg gegeven"]) == (2, 2)
    relapse = count(world, "aftercare.relapse")
    assert (relapse.count, relapse.parts["hervallen"], relapse.parts["niet hervallen"]) == (1, 1, 0)


@pytest.mark.parametrize(
    "code",
    ["rehousing.ended", "rehousing.days", "agreements.kept", "aftercare.done", "aftercare.relapse"],
)
def test_each_figure_takes_one_query_and_sees_one_neighbourhood(
    world: World, case: Case, code: str, django_assert_num_queries: Any
) -> None:
    stay = staying(world, case, since=300)
    end_stay(by=world.lawyer, stay=stay, ended_on=ago(200), outcome=StayOutcome.OTHER)
    running(world, case, starts_on=ago(60), return_on=ago(10))
    with django_assert_num_queries(1):
        count(world, code)
    elsewhere = measures.get(code).compute(world.elsewhere.pk, YEAR)
    assert elsewhere.count == 0
