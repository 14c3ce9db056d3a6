"""What a round that has ended says: counted in the database, small groups hidden before anything is shown (ADR 9).

Results of a round that still runs are shown to nobody: from what stood there yesterday and what stands there today one
would read what one neighbour answered in between.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arsenaal.lib.charts import Bar
from arsenaal.lib.suppression import (
    Cell,
    Visibility,
    is_small,
    number,
    protect_median,
    protect_parts,
    protect_share,
    protect_total,
    written,
)
from surveys.enums import WITH_OPTIONS, QuestionKind
from surveys.models import Answer, AnswerSet, AnswerWords, Question, QuestionnaireVersion, SurveyRound
from surveys.reading import questions_of

GOOD, BETWEEN, BAD = "high", "between", "low"
GROUP_NAMES = {
    GOOD: gettext_lazy("positief"),
    BETWEEN: gettext_lazy("ertussen"),
    BAD: gettext_lazy("negatief"),
}


@dataclass(frozen=True)
class StreetRow:
    """One street, or those that had to be taken together."""

    label: str
    answered: int
    counts: Sequence[int]


@dataclass(frozen=True)
class QuestionResult:
    """One question as it may be shown. `cells` is empty when the division would give somebody away."""

    question: Question
    answered: Cell
    cells: Sequence[Cell] = ()
    keys: Sequence[str] = ()  # of each cell: what it is in every version
    average: str = ""
    street_heads: Sequence[str] = ()
    streets: Sequence[StreetRow] = ()
    words_count: int = 0

    @property
    def base(self) -> int:
        """How many answered, as far as it is shown."""
        return self.answered.value or 0

    @property
    def is_withheld(self) -> bool:
        """Whether people answered and the division can't be shown."""
        is_divided = self.question.kind not in (QuestionKind.TEXT, QuestionKind.NUMBER)
        return is_divided and self.answered.value != 0 and not self.cells

    @property
    def bars(self) -> list[Bar]:
        """The cells as bars of a chart."""
        return [
            Bar(cell.label, cell.value, written(cell), cell.visibility == Visibility.SMALL)
            for cell in self.cells
        ]

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """The twin of the chart: label, number, share."""
        return [(cell.label, written(cell), self.share_words(cell)) for cell in self.cells]

    def share(self, cell: Cell) -> float | None:
        """Return the share of a cell, where the base is wide enough."""
        return protect_share(cell, self.base)

    def share_words(self, cell: Cell) -> str:
        """Return the share of a cell in words, or nothing."""
        share = self.share(cell)
        return "" if share is None else f"{number(round(share))} %"


@dataclass(frozen=True)
class RoundResults:
    """A round with its response and its questions."""

    round: SurveyRound
    count: int
    by_way: Mapping[str, int] = field(default_factory=dict)
    questions: Sequence[QuestionResult] = ()

    @property
    def response(self) -> int | None:
        """Of a hundred who were invited, how many answered; None when nobody counted the invitations."""
        return response_of(self.count, self.round.invited_count)


def response_of(count: int, invited: int | None) -> int | None:
    """Return the response in a hundred; more answers than invitations is everybody."""
    return min(100, round(100 * count / invited)) if invited else None


def group_of(question: Question, value: int) -> str:
    """Return in which third of the scale a value lies: below, at or above its middle."""
    middle = ((question.lowest or 0) + (question.highest or 0)) / 2
    if value == middle:
        return BETWEEN
    return GOOD if value > middle else BAD


def _groups(question: Question, counts: Mapping[str, int]) -> dict[str, int]:
    found = dict.fromkeys((GOOD, BETWEEN, BAD), 0)
    for step in question.steps:
        found[group_of(question, step)] += counts.get(str(step), 0)
    if (len(question.steps)) % 2 == 0:
        del found[BETWEEN]
    return found


def _keys(question: Question) -> dict[str, str]:
    """What can be answered: key -> label, in order."""
    if question.kind in WITH_OPTIONS:
        return {str(option.pk): option.text for option in question.options.all()}
    if question.is_perception:
        return {key: str(GROUP_NAMES[key]) for key in _groups(question, {})}
    labels = {str(step): str(step) for step in question.steps}
    ends = ((str(question.lowest), question.low_label), (str(question.highest), question.high_label))
    for key, label in ends:
        if label:
            labels[key] = f"{key} · {label}"
    return labels


def _in_keys(question: Question, counts: Mapping[str, int]) -> dict[str, int]:
    """The counts of a question by what is shown of it. How the neighbourhood is felt is shown in thirds alone:
    the report shows the same thirds, and hidden in one it could else be read in the other.
    """
    if question.is_perception:
        return _groups(question, counts)
    return {key: counts.get(key, 0) for key in _keys(question)}


def _protected(question: Question, counts: Mapping[str, int], answered: int) -> list[Cell]:
    """The cells of a question, or nothing. Of several choices each is divided by itself: chosen or not."""
    labels = _keys(question)
    if question.kind != QuestionKind.MULTIPLE:
        cells = protect_parts(counts)
        return [Cell(labels[cell.label], cell.value, cell.visibility) for cell in cells or ()]
    if is_small(answered):
        return []
    found = []
    for key, label in labels.items():
        pair = protect_parts({"yes": counts[key], "no": answered - counts[key]})
        if pair is None:
            hidden = Visibility.SMALL if is_small(counts[key]) else Visibility.HIDDEN
            found.append(Cell(label, None, hidden))
        else:
            found.append(Cell(label, pair[0].value, pair[0].visibility))
    return found


def _street_table(
    question: Question, by_street: Mapping[str, tuple[int, Mapping[str, int]]]
) -> tuple[list[str], list[StreetRow]]:
    """The streets of a question, without a single small cell: streets that have one are taken together.

    Nothing in the table is hidden, so nothing can be worked out from it; where it can't be made so, there is none.
    """
    keys = _keys(question)
    is_scale = question.kind == QuestionKind.SCALE
    names = {key: str(GROUP_NAMES[key]) for key in _groups(question, {})} if is_scale else keys

    def counted(counts: Mapping[str, int]) -> list[int]:
        found = _groups(question, counts) if is_scale else {key: counts.get(key, 0) for key in keys}
        return list(found.values())

    def has_small(answered: int, counts: Sequence[int]) -> bool:
        rest = [answered - count for count in counts] if question.kind == QuestionKind.MULTIPLE else []
        return is_small(answered) or any(map(is_small, (*counts, *rest)))

    rows = sorted(
        ((street, answered, counted(counts)) for street, (answered, counts) in by_street.items()),
        key=lambda row: (-row[1], row[0]),
    )
    shown = [row for row in rows if row[0] and not has_small(row[1], row[2])]
    others = [row for row in rows if row not in shown]
    while others:
        total = sum(row[1] for row in others)
        counts = [sum(column) for column in zip(*(row[2] for row in others), strict=True)]
        if not has_small(total, counts):
            break
        if not shown:
            return [], []
        others.append(shown.pop())
    found = [StreetRow(*row) for row in sorted(shown)]
    if len(found) + bool(others) < 2:
        return [], []
    if others:
        found.append(StreetRow(_("andere straten, of niet gezegd"), total, counts))
    return list(names.values()), found


def _result(
    question: Question,
    counts: Mapping[str, Mapping[str, int]],  # street -> key -> count
    answered: Mapping[str, int],  # street -> how many
    words_count: int,
) -> QuestionResult:
    if question.kind == QuestionKind.TEXT:
        return QuestionResult(question, protect_total(words_count), words_count=words_count)
    everywhere: Counter[str] = Counter()
    for found in counts.values():
        everywhere.update(found)
    base = sum(answered.values())
    if question.kind == QuestionKind.NUMBER:
        mean = sum(int(key) * count for key, count in everywhere.items()) / base if base else None
        shown = protect_median(mean, base) if base else None
        return QuestionResult(
            question, protect_total(base), average="" if shown is None else number(round(shown, 1))
        )
    cells = _protected(question, _in_keys(question, everywhere), base)
    is_open = bool(cells) and all(cell.visibility == Visibility.SHOWN for cell in cells)
    average = ""
    if question.kind == QuestionKind.SCALE and is_open and base and not question.is_perception:
        average = number(round(sum(int(key) * count for key, count in everywhere.items()) / base, 1))
    heads, streets = (
        _street_table(question, {street: (answered[street], counts.get(street, {})) for street in answered})
        if is_open
        else ([], [])
    )
    options = {str(option.pk): option.code for option in question.options.all()}
    return QuestionResult(
        question,
        protect_total(base),
        cells,
        [options.get(key, key) for key in _keys(question)],
        average,
        heads,
        streets,
    )


def results_of(
    round_: SurveyRound, *, version: QuestionnaireVersion | None = None, only: str = ""
) -> RoundResults:
    """Return the results of a round that has ended, of all questions or of the one with this code.

    Six queries however many answered; of a round that still runs only how many did.
    """
    by_way: Counter[str] = Counter()
    for how, count in (
        AnswerSet.objects.filter(round=round_).values_list("how").annotate(Count("pk")).order_by("how")
    ):
        by_way[how] = count
    if not round_.has_ended:
        return RoundResults(round_, sum(by_way.values()), by_way)
    questions = questions_of(version or round_.questionnaire_version)
    if only:
        questions = [question for question in questions if question.code == only]
    ids = [question.pk for question in questions]
    answers = Answer.objects.filter(question__in=ids, answer_set__round=round_)
    counts: dict[int, dict[str, dict[str, int]]] = {}
    for asked, option, value, street, count in (
        answers.values_list("question_id", "option_id", "number", "answer_set__street")
        .annotate(Count("pk"))
        .order_by()
    ):
        key = str(option if option is not None else value)
        counts.setdefault(asked, {}).setdefault(street, {})[key] = count
    answered: dict[int, dict[str, int]] = {}
    for asked, street, count in (
        answers.values_list("question_id", "answer_set__street")
        .annotate(Count("answer_set", distinct=True))
        .order_by()
    ):
        answered.setdefault(asked, {})[street] = count
    texts = dict(
        AnswerWords.objects.filter(question__in=ids, answer_set__round=round_)
        .values_list("question_id")
        .annotate(Count("pk"))
        .order_by()
    )
    return RoundResults(
        round_,
        sum(by_way.values()),
        by_way,
        [
            _result(row, counts.get(row.pk, {}), answered.get(row.pk, {}), texts.get(row.pk, 0))
            for row in questions
        ],
    )


@dataclass(frozen=True)
class ComparedRow:
    """One answer in two rounds: as numbers and, where both bases are wide enough, as shares with what lies between."""

    label: str
    earlier: str
    later: str
    difference: str
    bars: tuple[Bar, Bar]


@dataclass(frozen=True)
class Compared:
    """One question in two rounds. `changes` says in words what was asked differently."""

    question: Question
    earlier: QuestionResult
    later: QuestionResult
    changes: Sequence[str]
    in_shares: bool
    rows: Sequence[ComparedRow]

    @property
    def bars(self) -> list[Bar]:
        """Every answer twice, the earlier round first."""
        return [bar for row in self.rows for bar in row.bars]


def _changes(earlier: Question, later: Question) -> list[str]:
    found = []
    if earlier.text != later.text:
        found.append(_("De vraag was toen: “%(text)s”.") % {"text": earlier.text})
    if earlier.is_perception != later.is_perception:
        found.append(_("Ze wordt anders geteld."))
    before = {option.code: option.text for option in earlier.options.all()}
    after = {option.code: option.text for option in later.options.all()}
    if new := [after[code] for code in after if code not in before]:
        found.append(_("Nieuw als antwoord: %(texts)s.") % {"texts": ", ".join(new)})
    if gone := [before[code] for code in before if code not in after]:
        found.append(_("Geen antwoord meer: %(texts)s.") % {"texts": ", ".join(gone)})
    if reworded := [
        f"{before[code]} → {after[code]}" for code in after if code in before and before[code] != after[code]
    ]:
        found.append(_("Anders verwoord: %(texts)s.") % {"texts": ", ".join(reworded)})
    if (earlier.lowest, earlier.highest) != (later.lowest, later.highest):
        found.append(
            _("De schaal liep van %(low)d tot %(high)d.") % {"low": earlier.lowest, "high": earlier.highest}
        )
    if (earlier.when_code, earlier.when_values) != (later.when_code, later.when_values):
        found.append(_("Ze werd aan andere mensen gevraagd."))
    return found


def _compared(earlier: QuestionResult, later: QuestionResult, names: tuple[str, str]) -> Compared:
    old = dict(zip(earlier.keys, earlier.cells, strict=False))
    new = dict(zip(later.keys, later.cells, strict=False))
    keys = [*new, *(key for key in old if key not in new)]
    shares = {
        key: (
            earlier.share(old[key]) if key in old else None,
            later.share(new[key]) if key in new else None,
        )
        for key in keys
    }
    in_shares = any(None not in pair for pair in shares.values())
    rows = []
    for key in keys:
        label = (new.get(key) or old[key]).label
        before, after = shares[key]
        told = tuple(
            (result.share_words(cells[key]) or written(cells[key]) if in_shares else written(cells[key]))
            if key in cells
            else "–"
            for result, cells in ((earlier, old), (later, new))
        )
        step = round(after) - round(before) if before is not None and after is not None else None
        bars = tuple(
            Bar(
                f"{label} · {name}",
                (None if share is None else round(share))
                if in_shares
                else (cells[key].value if key in cells else None),
                words,
                not in_shares and key in cells and cells[key].visibility == Visibility.SMALL,
            )
            for name, share, words, cells in zip(names, (before, after), told, (old, new), strict=True)
        )
        rows.append(
            ComparedRow(
                label,
                told[0],
                told[1],
                "" if step is None else (f"+{step}" if step > 0 else str(step).replace("-", "−")),
                (bars[0], bars[1]),
            )
        )
    return Compared(
        later.question, earlier, later, _changes(earlier.question, later.question), in_shares, rows
    )


def compare(earlier: SurveyRound, later: SurveyRound, *, only: str = "") -> list[Compared]:
    """Return what was asked in both rounds, in the order of the later one: twelve queries.

    A question of another kind under the same code can't be, so a pair is always the same sort of answer.
    """
    old = {result.question.code: result for result in results_of(earlier, only=only).questions}
    return [
        _compared(old[result.question.code], result, (earlier.name, later.name))
        for result in results_of(later, only=only).questions
        if result.question.code in old and result.question.kind != QuestionKind.TEXT
    ]
