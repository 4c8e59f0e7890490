"""A form as its template draws it: every field with what was typed, what it offers, and what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from dataclasses import Field as Slot
from typing import Any, Final, get_type_hints

from cases.roles import Role
from cases.wording import Wording
from web.acts.asked import PARTS, SEARCHED, Ask
from web.acts.at_hand import AtHand
from web.acts.described import ActForm, Field, Section
from web.acts.fact_values import FactList
from web.acts.naming import Option
from web.acts.offered import offered
from web.acts.reading import FACT, widget_of
from web.acts.widgets import Asked, Choice, Day, Radios, Suggested, YesNo
from web.case.marking import marked
from web.case.speech import Shown, Speech
from web.forms import Form

SEARCH: Final = "search."  # before the name of a field: what its choices are searched by
SEARCHED_BY: Final = "searched."  # and what they were searched by when the form was shown
OTHER_WAY: Final = Wording("其他方式", "Another way")
ZH: Final = "zh-CN"
_EMPTY: Final[tuple[object, ...]] = (None, "", ())


@dataclass(frozen=True)
class Drawing:
    """One form being drawn; `parts` are those that the act may be about."""

    hand: AtHand
    described: ActForm
    form: Form
    parts: tuple[str, ...]

    @property
    def speech(self) -> Speech:
        return self.hand.opened.speech

    def sections(self) -> list[Shown]:
        return [self._section(section) for section in self.described.sections]

    def _section(self, section: Section) -> Shown:
        drawn = [self.field(field) for field in section.fields if field.when is None]
        return {
            "title": self.speech.w(section.title) if section.title else None,
            "fields": drawn,
            "side_by_side": section.side_by_side,
            "folded": self.speech.w(section.folded) if section.folded else None,
            "open": any(self.form.error(field.name) for field in section.fields),
        }

    def field(self, field: Field) -> Shown:
        widget = widget_of(field, self.form.value(FACT), self.hand.facts)
        return {
            "name": field.name,
            "look": widget.look,
            "widget": widget,
            "label": self.speech.w(field.label),
            "hint": self.speech.w(field.hint) if field.hint else None,
            "optional": not field.required,
            "error": self.form.error(field.name),
            "value": self.form.value(field.name),
            "typed_in": self._typed_in(self.form.value(field.name)),
            "options": self._options(field, widget),
            **self._search(field),
            **({"rows": widget.rows(self.form, field.name)} if isinstance(widget, FactList) else {}),
        }

    def _typed_in(self, value: str) -> str | None:
        """The language of what was typed, where it is not the page's."""
        return ZH if marked(value, self.speech.language) != value else None

    def _options(self, field: Field, widget: object) -> list[Shown]:
        match widget:
            case Radios(words=words) | Choice(words=words):
                options = [Option(value, self.speech.w(said)) for value, said in words.items()]
            case Suggested(words=words):
                options = [Option(value, self.speech.w(said)) for value, said in words.items()]
                options.append(Option("other", self.speech.w(OTHER_WAY)))
            case YesNo(yes=yes, no=no, unsaid=unsaid):
                options = [Option("yes", self.speech.w(yes)), Option("no", self.speech.w(no))]
                if unsaid:
                    options.append(Option("", self.speech.w(unsaid)))
            case Asked(of=ask):
                options = self._asked(field, ask)
            case _:
                return []
        return [self._option(field, option) for option in options]

    def _asked(self, field: Field, ask: Ask) -> list[Option]:
        chosen, words = self.form.value(field.name).strip(), self.form.value(SEARCH + field.name)
        return offered(self.hand, ask, words=words, chosen=chosen, parts=self.parts)

    def _option(self, field: Field, option: Option) -> Shown:
        depending = [each for each in self.described.fields if each.when == (field.name, option.value)]
        return {
            "value": option.value,
            "words": marked(option.words, self.speech.language),
            "hint": marked(option.hint, self.speech.language) or None,
            "fields": [self.field(each) for each in depending],
        }

    def _search(self, field: Field) -> Shown:
        if not isinstance(field.widget, Asked) or field.widget.of not in SEARCHED:
            return {"search": None}
        return {"search": SEARCH + field.name, "searched": SEARCHED_BY + field.name}


def initial(hand: AtHand, described: ActForm, parts: Iterable[str], about: str) -> dict[str, str]:
    """What a form begins with: what the act leaves as it is, the day, and what can be told beforehand."""
    typed: dict[str, str] = {}
    facts, fact = hand.facts, about if described.about == FACT else ""
    for field in described.fields:
        widget = widget_of(field, fact, facts)
        default = default_of(hand.acts.known[described.kind], field.name)
        if default not in _EMPTY:
            typed |= widget.written(field.name, default)
        elif isinstance(widget, Day) and widget.quick and field.required:
            typed |= widget.written(field.name, hand.today)
        elif isinstance(widget, Asked):
            typed[field.name] = _likely(hand, widget.of, tuple(parts))
    if about:
        typed[described.about] = about
    return typed


def default_of(act: type[Any], path: str) -> Any:  # noqa: ANN401 - a field of any type
    """The value that an act has where nothing is said; None where it must be said."""
    holder: Any = act
    slot: Slot[Any] | None = None
    for step in path.split("."):
        slots: Mapping[str, Slot[Any]] = {each.name: each for each in fields(holder)} if holder else {}
        slot = slots.get(step)
        holder = get_type_hints(holder).get(step) if slot else None
    return None if slot is None or slot.default is MISSING else slot.default


def _likely(hand: AtHand, ask: Ask, parts: tuple[str, ...]) -> str:
    """The one answer there can be, or the one that is mostly given."""
    me, case = hand.visit.me.staff_id, hand.case
    match ask:
        case Ask.GUIDE if Role.GUIDE in hand.opened.mine:
            return me
        case Ask.RECEIVING_CASEWORKER if Role.CASEWORKER in hand.opened.there:
            return me
        case Ask.STAFF:
            return case.caseworker or ""
        case part if part in PARTS and part is not Ask.HELP:
            return parts[0] if len(parts) == 1 else ""
        case _:
            return ""
