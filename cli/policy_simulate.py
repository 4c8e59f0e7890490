"""`yizhan policy simulate`: what becomes of everybody if the law were otherwise, before anything is published."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import TypeAdapter

from activities.simulation_law import Change, SetParameter, WithText
from activities.simulation_opening import simulating_of
from activities.simulation_report import REPORT, Question, Report
from activities.simulation_seen import seen_by
from activities.snapshot_file import EMPLOYERS, WORKERS
from cases.days import day_of
from cases.refusals import Refused, refusal
from cases.roles import Role
from cases.wording import Language
from cli.commands import told
from cli.policy_book import AsJson, AsStaff, Lang
from cli.policy_simulate_words import progress_on_a_terminal, report_lines
from cli.policy_text import read_text
from cli.record import opened
from rules.schema import Fact
from rules.simulated_effects import Likeness
from rules.simulated_protection import ShownEffects
from store.engine import read
from store.policy_files import content, proposal
from store.policy_refusals import NO_SUCH_PROPOSAL
from store.scope import scope_of
from store.settings import load_settings
from store.simulations import kept_simulation
from store.ulids import new_id

HELP: Final = told(
    "模拟政策改变：在人口快照上看谁新符合、谁不再符合、金额变多少，按驿站和类别；小数字不显示。",
    "Simulate a change of the law on the snapshot: who gains, who loses, what it costs; small figures are not told.",
)
HELP_SHOW: Final = told("再看一次保留的政策模拟。", "Show a simulation that was kept once more.")
SHOWN: Final = TypeAdapter(ShownEffects)
ALIKE: Final = TypeAdapter(tuple[Likeness, ...])

Policy = Annotated[str, typer.Argument(metavar="POLICY", help="政策编号 · the policy, by its id")]
Jurisdiction = Annotated[str, typer.Option("--jurisdiction", help="地方，如 cn-50-99 · the place, such as cn-50-99")]
Set = Annotated[
    str | None,
    typer.Option(
        "--set", metavar="PARAMETER=VALUE", help="改一个数值，按条款的单位 · another value, in its clause's unit"
    ),
]
With = Annotated[
    Path | None,
    typer.Option("--with", exists=True, dir_okay=False, help="同一政策的草稿文件 · a draft of the same policy"),
]
OfProposal = Annotated[str | None, typer.Option("--proposal", help="待发布的提议 · a proposal, by its id")]
Of = Annotated[
    str | None,
    typer.Option("--of", metavar="WORKERS|EMPLOYERS", help="对谁：零工或用工主体 · of whom: workers, employers"),
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="抽查的种子 · of the sample that the evaluator decides too")]
Id = Annotated[str, typer.Argument(metavar="SIMULATION", help="模拟编号 · the simulation, by its id")]


def simulate(
    policy: Policy,
    *,
    jurisdiction: Jurisdiction,
    staff: AsStaff,
    set_: Set = None,
    with_: With = None,
    of_proposal: OfProposal = None,
    of: Of = None,
    seed: Seed = 0,
    as_json: AsJson = False,
    language: Lang = None,
) -> None:
    settings, now = load_settings(), datetime.now(UTC)
    if of not in (None, WORKERS, EMPLOYERS):
        raise Refused((_NO_SUCH_SUBJECT,))
    if sum(each is not None for each in (set_, with_, of_proposal)) != 1:
        raise Refused((_ONE_CHANGE,))
    with opened(settings) as station:
        if of_proposal is not None:
            with read(station.engine) as connection:
                found = proposal(connection, of_proposal)
                if found is None:
                    raise Refused((NO_SUCH_PROPOSAL,))
                change: Change = WithText(content(connection, found.sha256), found.id)
        else:
            change = _parameter(set_) if set_ is not None else WithText(read_text(with_) if with_ else "")
        simulating = simulating_of(station, settings)
        question = Question(policy, jurisdiction, change, of, seed)
        simulation_id = new_id(now)
        simulating.begin(question, staff, now, simulation_id)
        report = simulating.simulate(simulation_id, question, staff, now, progress_on_a_terminal())
        with read(station.engine) as connection:
            shown = seen_by(connection, scope_of(connection, staff, day_of(now)), report)
        facts = station.policies.book.facts
    _say(simulation_id, report, shown, facts, language or settings.language, as_json=as_json)


def show(simulation_id: Id, *, staff: AsStaff, as_json: AsJson = False, language: Lang = None) -> None:
    settings, now = load_settings(), datetime.now(UTC)
    with opened(settings) as station, read(station.engine) as connection:
        kept = kept_simulation(connection, station.keyring, simulation_id)
        scope = scope_of(connection, staff, day_of(now))
        if kept is None or not scope.roles & READERS:
            raise Refused((_NO_SUCH_SIMULATION,))
        if kept.answer is None:
            raise Refused((_NO_ANSWER_YET,))
        if kept.answer.refusals:
            raise Refused(kept.answer.refusals)
        report = REPORT.validate_python(kept.answer.report)
        shown, facts = seen_by(connection, scope, report), station.policies.book.facts
    _say(simulation_id, report, shown, facts, language or settings.language, as_json=as_json)


def _say(
    simulation_id: str,
    report: Report,
    shown: ShownEffects,
    facts: Mapping[str, Fact],
    language: Language,
    *,
    as_json: bool,
) -> None:
    if not as_json:
        typer.echo("\n".join(report_lines(simulation_id, report, shown, facts, language)))
        return
    plain = REPORT.dump_python(report, mode="json")
    plain["effects"] = SHOWN.dump_python(shown, mode="json")
    plain["alike"] = ALIKE.dump_python(report.effects.alike, mode="json")
    typer.echo(json.dumps({"simulation": simulation_id, **plain}, ensure_ascii=False, indent=2))


def _parameter(written: str) -> SetParameter:
    name, equals, value = written.partition("=")
    if not (name.strip() and equals and value.strip()):
        raise Refused((_NOT_SET,))
    return SetParameter(name.strip(), value.strip())


READERS: Final = frozenset({Role.POLICY_OFFICER, Role.MANAGER, Role.AUDITOR})
_NO_SUCH_SUBJECT: Final = refusal(
    "no-such-subject", "--of 应为 workers（零工）或 employers（用工主体）。", "--of is workers or employers."
)
_ONE_CHANGE: Final = refusal(
    "one-change",
    "请用 --set、--with、--proposal 之一说明改变什么。",
    "Say what is otherwise by one of --set, --with and --proposal.",
)
_NOT_SET: Final = refusal(
    "not-set", "--set 应写作 数值名=值，如 older_worker=45。", "Write --set as name=value, such as older_worker=45."
)
_NO_SUCH_SIMULATION: Final = refusal("no-such-simulation", "没有这项模拟。", "There is no such simulation.")
_NO_ANSWER_YET: Final = refusal(
    "no-answer-yet", "这项模拟还没有结果，或中途中断。", "This simulation has no result yet, or was interrupted."
)
