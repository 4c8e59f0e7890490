"""Serving a page: who is asking, whether the page is for them, and what they see when it is not."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from inspect import iscoroutinefunction
from typing import Final
from urllib.parse import quote

import structlog
from sqlalchemy.exc import IntegrityError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Route

from cases.days import day_of
from cases.refusals import Refused
from cases.wording import Language, Wording
from store.accounts import account_in_force
from store.drafts import NewDraft, keep_draft
from store.engine import read, write
from store.people import workers
from store.scope import NotInScope, Scope, place_of, scope_of
from store.sessions import Session, due_to_be_seen, seen, session
from store.staff import staff_member
from web import cookies
from web.csrf import FIELD, HEADER, SAFE, csrf_token, is_ours
from web.limits import MAX_BODY_BYTES, TOO_LARGE
from web.office import Office
from web.roles import PUBLIC, Access
from web.typed import cleaned, is_clean
from web.visit import SEE_OTHER, Reader, Visit, typed

log = structlog.get_logger(__name__)

Handler = Callable[[Visit], Response] | Callable[[Visit], Awaitable[Response]]
FORBIDDEN, NOT_FOUND, CONFLICT, WENT_WRONG = 403, 404, 409, 500
MAX_FIELDS: Final = 1_000
MAX_FILES: Final = 4
MAX_PART_BYTES: Final = 1 << 20
_OF_THE_FORM: Final = frozenset({"key", "revision"})


class Page(Route):
    """A route with the readers it is for. A form is posted to the address that shows it."""

    def __init__(self, path: str, handler: Handler, access: Access, *, methods: tuple[str, ...] = ("GET",)) -> None:
        self.access = access
        self.handler = handler

        async def endpoint(request: Request) -> Response:
            return await serve(request, handler, access)

        super().__init__(path, endpoint, methods=list(methods), name=f"{handler.__module__}.{handler.__name__}")


async def serve(request: Request, handler: Handler, access: Access) -> Response:
    visit, token, new_visitor = await _visit(request, access)
    try:
        response = await _answer(visit, token, handler, access)
    finally:
        await request.close()  # the files that a form sent
    if new_visitor:
        cookies.set_visitor(response, visit.office.settings, token)
    return response


async def tell(request: Request, page: Callable[[Visit], Response]) -> Response:
    """A page about the request itself: that there is no such address, or that something failed."""
    visit, _, _ = await _visit(request, PUBLIC)
    return await run_in_threadpool(page, visit)


async def _visit(request: Request, access: Access) -> tuple[Visit, str, bool]:
    """The visit, the token its forms are bound to, and whether that token is new to the browser."""
    office: Office = request.app.state.office
    token = cookies.session_token(request, office.settings)
    reader, scope = await run_in_threadpool(_reader, office, token) if token else (None, Scope(()))
    bound = token if reader else cookies.visitor_token(request, office.settings)
    new_visitor = not bound
    bound = bound or secrets.token_urlsafe(32)
    visit = Visit(
        request=request,
        office=office,
        now=office.now(),
        language=_language(request, office, reader),
        csrf=csrf_token(bound),
        reader=reader,
        scope=scope.holding(access.roles),
        reach=scope,
    )
    return visit, bound, new_visitor


async def _answer(visit: Visit, token: str, handler: Handler, access: Access) -> Response:
    request = visit.request
    if not is_clean("".join((request.scope["path"], *request.query_params.values()))):
        return _refused(visit, NOT_FOUND, _NOT_FOUND)
    if request.method not in SAFE:
        visit = await _with_fields(visit)
    stopped = _forged(visit, token, access) or await _stopped(visit, access)
    if stopped is not None:
        return stopped
    try:
        return await _handled(visit, handler)
    except NotInScope:
        return _refused(visit, NOT_FOUND, _NOT_FOUND)
    except Refused as refused:
        if any(reason.code == "no-such-case" for reason in refused.refusals):
            return _refused(visit, NOT_FOUND, _NOT_FOUND)
        title = _ERASED if any(reason.code == "erased" for reason in refused.refusals) else _NOT_DONE
        return _refused(visit, CONFLICT, title, tuple(reason.wording for reason in refused.refusals))


async def _handled(visit: Visit, handler: Handler) -> Response:
    """Handlers that wait for the workflow server are coroutines; the others read and write the record in a thread."""
    if iscoroutinefunction(handler):
        waited: Response = await handler(visit)
        return waited
    try:
        answered = await run_in_threadpool(handler, visit)
    except IntegrityError:
        if visit.request.method in SAFE:
            raise
        # The same form, or another's of the same thing, came first by a moment: asked again, the handler finds its row.
        answered = await run_in_threadpool(handler, visit)
    if not isinstance(answered, Response):
        raise TypeError(f"{handler.__name__} did not answer with a page.")
    return answered


async def _with_fields(visit: Visit) -> Visit:
    """The form's fields and files."""
    form = await visit.request.form(max_fields=MAX_FIELDS, max_files=MAX_FILES, max_part_size=MAX_PART_BYTES)
    fields: dict[str, tuple[str, ...]] = {}
    files: dict[str, UploadFile] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            files[cleaned(name)] = value
        else:
            fields[cleaned(name)] = (*fields.get(cleaned(name), ()), cleaned(value))
    return replace(visit, fields=fields, files=files)


def _forged(visit: Visit, token: str, access: Access) -> Response | None:
    """The answer to a form that is not from our own page; None: it is."""
    # An ended session's form still goes to the sign-in page, where what it held is kept.
    if visit.request.method in SAFE or (visit.reader is None and not access.public):
        return None
    given = visit.request.headers.get(HEADER) or visit.field(FIELD)
    return None if is_ours(visit.request, token, given) else _refused(visit, FORBIDDEN, _NOT_OURS)


async def _stopped(visit: Visit, access: Access) -> Response | None:
    """Where a reader goes who may not see the page; None: they may."""
    if access.public:
        return None
    reader = visit.reader
    if access.linked:
        linked = reader is not None and reader.session.worker_id is not None
        return None if linked else RedirectResponse("/w", SEE_OTHER)
    if reader is None or reader.account is None:
        expired = await run_in_threadpool(_keep_unsent, visit)
        return RedirectResponse(_sign_in(visit, expired=expired), SEE_OTHER)
    if not visit.scope.reaches:
        return _refused(visit, FORBIDDEN, _NOT_YOURS)
    if reader.account.must_change and visit.path not in ("/password", "/sign-out"):
        return RedirectResponse("/password", SEE_OTHER)
    return None


def _reader(office: Office, token: str) -> tuple[Reader | None, Scope]:
    now = office.now()
    engine = office.station.engine
    with read(engine) as connection:
        found = session(connection, token)
        if found is None or not found.alive(now):
            return None, Scope(())
        if found.staff_id is None:
            worker_id = found.worker_id or ""
            person = workers(connection, office.station.keyring, [worker_id]).get(worker_id)  # none, once erased
            reader, scope = (Reader(found, person.name) if person else None), Scope(())
        else:
            holder = account_in_force(connection, found.staff_id, day_of(now))
            member = staff_member(connection, found.staff_id)
            if holder is None or member is None:
                return None, Scope(())
            scope = scope_of(connection, found.staff_id, day_of(now))
            reader = Reader(found, member.name, holder, place_of(connection, scope))
    if reader and due_to_be_seen(found, now):
        with write(engine) as connection:
            seen(connection, found, now)
        reader = replace(reader, session=replace(found, seen_at=now))
    return reader, scope


def _language(request: Request, office: Office, reader: Reader | None) -> Language:
    if reader and reader.account and reader.account.language:
        return reader.account.language
    return cookies.language(request) or office.settings.language


def _keep_unsent(visit: Visit) -> bool:
    """Whether the session had ended; then what its form held is kept for whose session it was."""
    office = visit.office
    token = cookies.session_token(visit.request, office.settings)
    if not token:
        return False
    with read(office.station.engine) as connection:
        ended: Session | None = session(connection, token)
    if ended is None or ended.staff_id is None:
        return False
    kept = typed(visit.fields)
    if kept.keys() - _OF_THE_FORM and is_ours(visit.request, token, visit.field(FIELD)):
        new = NewDraft(ended.staff_id, visit.path, kept)
        with write(office.station.engine) as connection:
            keep_draft(connection, office.station.keyring, new, visit.now)
    return True


def _sign_in(visit: Visit, *, expired: bool) -> str:
    back = visit.path + (f"?{visit.request.url.query}" if visit.request.url.query else "")
    said = "said=expired" if expired else ""
    if not _can_be_shown(visit.request):
        return f"/sign-in?{said}".rstrip("?")
    return "&".join(filter(None, (f"/sign-in?next={quote(back, safe='')}", said)))


def _can_be_shown(request: Request) -> bool:
    """Whether the address has a page, and not only a form that is sent to it."""
    shown = {**request.scope, "method": "GET"}
    return any(route.matches(shown)[0] is Match.FULL for route in request.app.routes)


def not_done(status: int) -> Callable[[Visit], Response]:
    """The page for an address that is not there, or a way of asking that it does not know."""
    title = {NOT_FOUND: _NOT_FOUND, TOO_LARGE: _TOO_LARGE}.get(status, _NOT_DONE)

    def page(visit: Visit) -> Response:
        return _refused(visit, status, title)

    return page


def went_wrong(visit: Visit) -> Response:
    return _refused(visit, WENT_WRONG, _WENT_WRONG)


_WENT_WRONG: Final = Wording(
    "系统出错，本次操作没有完成，已记录。请稍后再试",
    "Something went wrong on our side, and was logged. Try again later",
)
_NOT_FOUND: Final = Wording("没有找到这个页面", "There is no such page")
_NOT_YOURS: Final = Wording("这个页面不在您的职责范围内", "This page is not for your role")
_NOT_OURS: Final = Wording(
    "表单已过期，请返回上一页刷新后再提交", "The form is out of date: go back, reload the page and send it again"
)
_TOO_LARGE: Final = Wording(
    f"内容超过 {MAX_BODY_BYTES >> 20} MB，没有接收。请分成几份再提交",
    f"More than {MAX_BODY_BYTES >> 20} MB, and not taken in: send it in parts",
)
_ERASED: Final = Wording("本人的信息已经删除", "This person was erased")
_NOT_DONE: Final = Wording("没有办理，什么都没有改变", "Not done: nothing was changed")


def _refused(visit: Visit, status: int, title: Wording, reasons: tuple[Wording, ...] = ()) -> Response:
    return visit.render("refused.html", {"title": title, "reasons": reasons, "status": status}, status=status)
