"""Every field of every model has a privacy class, and what can hold a story says so."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import Field, FileField, JSONField, Model, TextField

from arsenaal.lib.privacy import Declaration, FieldClass, Kind, class_by_rule, class_of, model

PACKAGES = ("accounts", "people", "cases", "housing", "surveys", "cohesion", "safety", "rights", "reporting")


def _models(package: str) -> list[type[Model]]:
    return list(apps.get_app_config(package).get_models(include_auto_created=True))


def _declarations(package: str) -> dict[str, Declaration]:
    if not _models(package):
        return {}
    found = import_module(f"{package}.privacy").PRIVACY
    assert len({one.model for one in found}) == len(found), f"{package}: a model is declared twice"
    return {one.model: one for one in found}


def _fields(owner: type[Model]) -> list["Field[object, object]"]:
    return [*owner._meta.local_fields, *owner._meta.local_many_to_many]


@pytest.mark.parametrize("package", PACKAGES)
def test_privacy_every_field_has_a_class(package: str) -> None:
    """A new field needs a line in the privacy.py of its package."""
    declared: dict[str, FieldClass] = {}
    for declaration in _declarations(package).values():
        declared.update(declaration.items())
    unknown = [
        f"{owner.__name__}.{field.name}"
        for owner in _models(package)
        for field in _fields(owner)
        if class_of(field, declared) is None
    ]
    assert unknown == []


@pytest.mark.parametrize("package", PACKAGES)
def test_privacy_no_declaration_is_stale(package: str) -> None:
    """Models and fields that are gone are gone here too; and a model that is there is declared."""
    models = {owner.__name__: owner for owner in _models(package)}
    declarations = _declarations(package)
    assert set(declarations) == set(models)
    stale = [
        key
        for name, declaration in declarations.items()
        for key, _class in declaration.items()
        if key.partition(".")[2] not in {field.name for field in _fields(models[name])}
    ]
    assert stale == []


@pytest.mark.parametrize("package", PACKAGES)
def test_privacy_free_text_holds_stories(package: str) -> None:
    """Where one can write or photograph what one likes, the rows need a guard; where one can't, they don't."""
    for owner in _models(package):
        declaration = _declarations(package)[owner.__name__]
        free = [
            field.name
            for field in _fields(owner)
            if isinstance(field, TextField | JSONField | FileField)
            and (found := declaration.fields.get(field.name)) is not None
            and found.kind != Kind.PLAIN
        ]
        if free:
            assert declaration.holds_stories, f"{owner.__name__}: {free}"
        if declaration.holds_stories:
            kinds = {found.kind for found in declaration.fields.values()}
            assert kinds & {Kind.SENSITIVE, Kind.PERSONAL}, owner.__name__


def test_privacy_plain_text_fields_are_few_and_known() -> None:
    """Long text that is called plain would slip past the guard: each one is looked at here."""
    plain = {
        f"{owner.__name__}.{field.name}"
        for package in PACKAGES
        for owner in _models(package)
        for field in _fields(owner)
        if isinstance(field, TextField | JSONField | FileField)
        and _declarations(package)[owner.__name__].fields[field.name].kind == Kind.PLAIN
    }
    assert plain == {
        "Report.snapshot",
        "Report.pdf",
        "DestructionList.certificate",
        "DestructionLine.files",  # names of files that wait to be deleted
        # of the sign-in: the program's own notes about a session, and a secret that stands encrypted
        "DeviceSession.session_data",
        "TotpDevice.secret",
        # a list of defects from a file tells of nobody; what a technical report says is computed from measures
        "ItemImport.rows",
        "Inspection.result",
        # Border and streets.
        "NeighbourhoodMap.drawing",
        # The words of an administrator, for every family alike.
        "AgreementTemplate.intro",
        "AgreementTemplate.closing",
        "AgreementTemplate.translations",
        "TemplateObligation.translations",
        # What is asked, the same for everybody.
        "QuestionnaireVersion.translations",
        "Question.translations",
        "QuestionOption.translations",
        # a frozen result: titles of projects and how many votes
        "VoteResult.rows",
    }


def test_privacy_what_is_sensitive_leaves_in_no_export_but_questions_to_a_service() -> None:
    """The list of questions is the only export with words about families; the service was told them anyway."""
    exported = {
        key
        for package in PACKAGES
        for declaration in _declarations(package).values()
        for key, found in declaration.items()
        if found.kind == Kind.SENSITIVE and found.in_exports
    }
    assert {key.partition(".")[0] for key in exported} == {"HelpRequest"}


def test_privacy_rule_never_covers_a_birthday() -> None:
    """A day in the life of a person isn't a date of the work."""
    person = apps.get_model("people", "Person")
    assert class_by_rule(person._meta.get_field("born_on")) is None
    assert class_by_rule(person._meta.get_field("created_at")) is not None
    assert class_by_rule(person._meta.get_field("phone")) is None


def test_privacy_a_field_with_two_classes_is_refused() -> None:
    """One field, one class."""
    first, second = (FieldClass(kind, "x", "x", True, "x") for kind in (Kind.PLAIN, Kind.PERSONAL))
    with pytest.raises(ValueError, match="two classes"):
        model("Thing", {first: "name", second: "name"})
