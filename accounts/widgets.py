"""Fields that are picked with a thumb rather than typed. bootstrap5/field.html draws them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class DayInput(forms.DateInput):
    """A date, with the picker of the device itself."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """A time of day, with the picker of the device itself."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class Segments(forms.RadioSelect):
    """One of two to five, side by side. `icons` maps a value to the name of its icon."""

    layout = "seg"

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, icons: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(attrs)
        self.icons = dict(icons or {})


class PickOne(forms.RadioSelect):
    """One of several, as chips that wrap."""

    layout = "pick"


class PickMany(forms.CheckboxSelectMultiple):
    """Any of several, as chips that wrap."""

    layout = "pick"


class SeverityPicks(forms.Widget):
    """For each thing seen: nothing, or how bad. Posts `<name>-<code>`; the value is {code: level}."""

    layout = "severities"
    use_fieldset = True

    def __init__(
        self,
        *,
        things: Iterable[tuple[str, Any]],
        levels: Iterable[tuple[int, Any]],
        attrs: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(attrs)
        self.things = list(things)
        self.levels = list(levels)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        """Gather what was picked."""
        picked = {code: data.get(f"{name}-{code}", "") for code, _label in self.things}
        return {code: level for code, level in picked.items() if level}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Radios that weren't touched are sent too, so nothing sent is nothing seen."""
        return False

    def id_for_label(self, id_: str) -> str:
        """The group has no single input to point at."""
        return ""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw one pill for each thing."""
        value = value or {}
        things = [
            {
                "name": f"{name}-{code}",
                "label": label,
                "levels": [
                    {"value": level, "label": level_label, "is_on": str(value.get(code, "")) == str(level)}
                    for level, level_label in self.levels
                ],
                "is_seen": code in value,
            }
            for code, label in self.things
        ]
        return render_to_string("widgets/severities.html", {"things": things})


class SeverityField(forms.Field):
    """What was seen and how bad: cleans to {code: level}."""

    def __init__(
        self, *, things: Iterable[tuple[str, Any]], levels: Iterable[tuple[int, Any]], **kwargs: Any
    ) -> None:
        things, levels = list(things), list(levels)
        self.codes = {code for code, _label in things}
        self.known_levels = {str(level): level for level, _label in levels}
        super().__init__(widget=SeverityPicks(things=things, levels=levels), **kwargs)

    def to_python(self, value: Any) -> dict[str, int]:
        """Keep known things with known levels; anything else was not made by our form."""
        return {
            code: self.known_levels[str(level)]
            for code, level in (value or {}).items()
            if code in self.codes and str(level) in self.known_levels
        }

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as cleaned."""
        return self.to_python(initial) != self.to_python(data)
