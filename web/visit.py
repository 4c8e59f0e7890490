"""A visit: one request by one reader, with all that a page needs to answer it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cases.days import day_of
from cases.refusals import Refusal
from cases.roles import Role
from cases.wording import Language
from store.accounts import Account
from store.drafts import Draft, NewDraft, draft, drop_draft, keep_draft
from store.engine import read, write
from store.scope import Scope
from store.sessions import Session
from web.csrf import FIELD as CSRF_FIELD
from web.office import Office
from web.typed import cleaned

SEE_OTHER = 303
# What is typed in these stays nowhere but in the request.
NEVER_KEPT = frozenset({CSRF_FIELD, "password", "new-password", "repeated"})


@dataclass(frozen=True)
class Reader:
    """Who is signed in: staff with an account, or a worker with a link."""

    session: Session
    name: str
    account: Account | None = None
    place: str = ""  # of whose pages these are: a station, or a level above

    @property
    def staff_id(self) -> str:
        """Raises LookupError for a worker, who has none."""
        if self.session.staff_id is None:
            raise LookupError("A worker has no staff id.")
        return self.session.staff_id

    @property
    def owner(self) -> str:
        """Whose drafts they are."""
        return self.session.staff_id or self.session.worker_id or ""


@dataclass(frozen=True)
class Visit:
    """`scope` holds what the reader may see on this page; `reach` is all of theirs, for the navigation."""

    request: Request
    office: Office
    now: datetime
    language: Language
    csrf: str
    reader: Reader | None = None
    scope: Scope = field(default_factory=lambda: Scope(()))
    reach: Scope = field(default_factory=lambda: Scope(()))
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    files: Mapping[str, UploadFile] = field(default_factory=dict, repr=False)

    @property
    def me(self) -> Reader:
        """The reader of a page that is not public."""
        if self.reader is None:
            raise LookupError("This page is for those who are signed in.")
        return self.reader

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def roles(self) -> frozenset[Role]:
        return self.reach.roles

    @property
    def path(self) -> str:
        return self.request.url.path

    def part(self, name: str) -> str:
        """A part of the address, such as the case's id in /cases/{case_id}."""
        return str(self.request.path_params[name])

    def asked(self, name: str, default: str = "") -> str:
        """A parameter of the address."""
        return cleaned(self.request.query_params.get(name, default))

    def field(self, name: str, default: str = "") -> str:
        """The one value of a form's field, without the spaces around it."""
        return next(iter(self.fields.get(name, ())), default).strip()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with read(self.office.station.engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with write(self.office.station.engine) as connection:
            yield connection

    def render(self, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200) -> Response:
        pages = self.request.app.state.pages
        page: Response = pages.render(self, template, dict(context or {}), status)
        return page

    def go(self, path: str, *, said: str | None = None) -> Response:
        """To another page, after a form: `said` names the message that it shows (`web.said`)."""
        if said:
            path += ("&" if "?" in path else "?") + f"said={said}"
        return RedirectResponse(path, SEE_OTHER)

    # What was filled in, and is not saved yet.

    def kept(self, form: str | None = None) -> Draft | None:
        """The draft of this form (its address), if the reader left one."""
        with self.reading() as connection:
            return draft(connection, self.office.station.keyring, self.me.owner, form or self.path)

    def keep(self, *, form: str | None = None, refusals: tuple[Refusal, ...] = ()) -> None:
        """Keep what was filled in now, until it is saved or given up."""
        new = NewDraft(self.me.owner, form or self.path, typed(self.fields), refusals=refusals)
        with self.writing() as connection:
            keep_draft(connection, self.office.station.keyring, new, self.now)

    def forget(self, form: str | None = None) -> None:
        with self.writing() as connection:
            drop_draft(connection, self.me.owner, form or self.path)


def typed(fields: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Of a form's fields, those that a draft may hold."""
    return {name: values for name, values in fields.items() if name not in NEVER_KEPT}
