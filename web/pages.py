"""Pages from templates: one Jinja environment per language, so that macros speak the page's language too."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, Undefined
from starlette.responses import HTMLResponse, Response

from cases.days import day_of
from cases.wording import Language, Wording
from web.case.marking import coded, marked
from web.labels import filled, label_of, labelled, listening
from web.look import look
from web.navigation import navigation
from web.said import said
from web.shown import case_number, day, instant, money, weekday
from web.undefined import PageUndefined
from web.visit import Visit

TEMPLATES: Final = Path(__file__).parents[1] / "templates" / "pages"


class Pages:
    def __init__(self, asset: Callable[[str], str]) -> None:
        self._environments = {language: _environment(language, asset) for language in Language}

    def render(self, visit: Visit, template: str, context: Mapping[str, Any], status: int) -> Response:
        return HTMLResponse(self.text(visit, template, context), status)

    def text(self, visit: Visit, template: str, context: Mapping[str, Any]) -> str:
        shared = {
            "visit": visit,
            "csrf": visit.csrf,
            "nav": navigation(visit),
            "look": look(visit),
            "said": said(visit.asked("said")),
        }
        page = self._environments[visit.language].get_template(template)
        with listening():
            return filled(page.render(shared | dict(context)), visit.language)


@cache
def _environment(language: Language, asset: Callable[[str], str]) -> Environment:
    """A name a page misspells is an error, never an empty place; text is always escaped."""
    loader = ChoiceLoader(
        [
            FileSystemLoader(TEMPLATES),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    made = Environment(
        loader=loader, undefined=PageUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )

    def t(zh: str, en: str, **values: object) -> str:
        """A sentence in the page's language, its places filled in."""
        sentence = zh if language is Language.ZH else en
        return sentence.format(**values) if values else sentence

    def w(wording: Wording | Mapping[str, str]) -> str:
        spoken = wording if isinstance(wording, Wording) else Wording(wording["zh"], wording["en"])
        return spoken.within(language)

    def shown_day(value: date, today: date | None = None) -> str:
        return day(value, language, today or day_of(datetime.now(UTC)))

    # govuk-frontend's macros say `undefined` where they mean that a thing is left out.
    made.globals.update(t=t, w=w, lang=language.value, asset=asset, undefined=Undefined(name="undefined"), null=None)
    made.globals.update(label_of=label_of, labelled=labelled)
    made.filters.update(
        case_number=case_number,
        day=shown_day,
        instant=lambda value, today=None: instant(value, language, today),
        # What was entered in Chinese, marked as such on an English page.
        marked=lambda value: marked(value, language),
        # Codes of the engine in a sentence, marked as such on a Chinese page.
        coded=lambda value: coded(value, language),
        money=money,
        weekday=lambda value: weekday(value, language),
    )
    return made
