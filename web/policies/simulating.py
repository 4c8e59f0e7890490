"""Simulating a change of the law: a value or a proposal is chosen, and the report comes when it is done."""

from typing import Final

from starlette.responses import Response

from activities import simulation_starting
from activities.simulation_law import Change, SetParameter, WithText
from activities.simulation_opening import simulating_of
from activities.simulation_report import Question
from cases.refusals import Refused
from cases.roles import Role
from cases.wording import Wording
from rules.policies import NoPolicyInForce, ResolvedPolicy
from rules.publishable import file_in
from rules.shelf import FileKey
from rules.shown import UNITS
from rules.simulated_law import parameters
from store.organisation import nodes_with_jurisdiction
from store.policy_files import content, proposals
from store.policy_proposals import Proposal, ProposalState
from store.scope import NotInScope
from store.simulations import simulations_of
from web.forms import REQUIRED, UNPROCESSABLE, Form
from web.keyed import keyed_id
from web.policies.listing import LIST
from web.roles import POLICY_WRITING, Access
from web.serving import Page
from web.visit import Visit

SIMULATE: Final = f"{LIST}/files/{{policy}}/{{jurisdiction}}/simulate"
ASKING: Final = Access(POLICY_WRITING.roles | {Role.MANAGER})
_ONE: Final = Wording(
    "请选择一个数值并填写新值，或选择一项提议", "Choose a value and say what it becomes, or a proposal"
)
_LONGEST: Final = 200
_TOO_LONG: Final = Wording(f"最多 {_LONGEST} 个字", f"At most {_LONGEST} characters")


def ask_page(visit: Visit) -> Response:
    return _page(visit, Form({"parameter": (visit.asked("parameter"),)}))


def ask(visit: Visit) -> Response:
    form, key = Form.sent(visit), _key(visit)
    change = _change(visit, form, key)
    if change is None or form.errors:
        return _page(visit, form, UNPROCESSABLE)
    question, office = Question(key.policy, key.jurisdiction, change), visit.office
    simulating = simulating_of(office.station, office.settings)
    new_id = keyed_id(visit, form.key)
    try:
        begun = simulating.begin(question, visit.me.staff_id, visit.now, new_id)
    except Refused as refused:
        form.refuse(refused.refusals)
        return _page(visit, form, UNPROCESSABLE)
    if begun:
        simulation_starting.start(office.settings, new_id, question, visit.me.staff_id, visit.now)
    return visit.go(f"{LIST}/simulations/{new_id}")


def _change(visit: Visit, form: Form, key: FileKey) -> Change | None:
    chosen = form.one_of("proposal", [each.id for each in _proposals(visit, key)], required=False)
    if chosen:
        with visit.reading() as connection:
            (found,) = [each for each in _proposals(visit, key) if each.id == chosen]
            return WithText(content(connection, found.sha256), found.id)
    resolved = _resolved(visit, key)
    name = form.one_of("parameter", parameters(resolved) if resolved else (), required=False)
    value = form.text("value")
    if len(value) > _LONGEST:
        form.wrong("value", _TOO_LONG)
    elif name and value:
        return SetParameter(name, value)
    elif name:
        form.wrong("value", REQUIRED)
    elif not form.errors:
        form.wrong("", _ONE)
    return None


def _page(visit: Visit, form: Form, status: int = 200) -> Response:
    key = _key(visit)
    file, resolved = file_in(visit.office.station.policies.book, key), _resolved(visit, key)
    with visit.reading() as connection:
        names = nodes_with_jurisdiction(connection)
        earlier = [
            each for each in simulations_of(connection, key.policy) if each.asked.jurisdiction == key.jurisdiction
        ]
    said = parameters(resolved) if resolved else {}
    context = {
        "file": file,
        "form": form,
        "names": names,
        "parameters": [(name, value, UNITS.get(unit, UNITS["one"])) for name, (value, unit) in said.items()],
        "proposals": _proposals(visit, key),
        "earlier": earlier,
    }
    return visit.render("policies/simulating.html", context, status=status)


def _key(visit: Visit) -> FileKey:
    key = FileKey(visit.part("policy"), visit.part("jurisdiction"))
    if file_in(visit.office.station.policies.book, key) is None:
        raise NotInScope
    return key


def _resolved(visit: Visit, key: FileKey) -> ResolvedPolicy | None:
    """As it holds in its place today; None where nothing does, or where values are left to places within."""
    try:
        return visit.office.station.policies.book.resolve(key.policy, key.jurisdiction, visit.today, visit.today)
    except NoPolicyInForce:
        return None


def _proposals(visit: Visit, key: FileKey) -> list[Proposal]:
    """Those that wait to be published and hold a file of this policy."""
    with visit.reading() as connection:
        return [
            each
            for each in proposals(connection)
            if each.state is ProposalState.OPEN and any(name.endswith(f"/{key.policy}.yaml") for name in each.files)
        ]


ROUTES: Final = [
    Page(SIMULATE, ask_page, ASKING),
    Page(SIMULATE, ask, ASKING, methods=("POST",)),
]
