"""A subsidy case as a terminal shows it, in Chinese or English."""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from activities.subsidy_view import SubsidyView
from cases.days import shown_instant
from cases.money import in_figures
from cases.subsidy.delivering import undelivered
from cases.subsidy.progress import ACTS, policies_due
from cases.wording import Language, Wording
from cli.case_parts_text import (
    CLOCKS,
    DETERMINATIONS,
    PAPERS,
    TIMELINE,
    clock_lines,
    head_of,
    next_section,
    paper_lines,
    timeline_lines,
)
from cli.determination_text import GRANTED_OR_NOT, determination_lines
from cli.screen import section
from store.subsidy_list import ListedSubsidy

CLAIMS, MONEY, CONFLICTS, UNVERIFIED = (
    Wording("申领期间", "Periods claimed"),
    Wording("金额", "Money"),
    Wording("事实与记录不一致", "Facts on which the record disagrees"),
    Wording("拨付前须由审批人接受的未核实数值", "Unverified values that an officer accepts before payment"),
)
STOPS, DELIVERIES = Wording("停发情形", "Events that stop it"), Wording("送达", "Delivery")
RELEASED, RECOVERED = Wording("已放弃", "given up"), Wording("已全部退回，不计入享受期", "its money came back: not had")
STRUCK, WRITTEN_OFF = Wording("已撤销，不再计算", "struck out: does not count"), Wording("已核销", "written off")
NOT_DELIVERED = Wording("尚未登记送达，救济期限未起算", "not recorded yet: no day to appeal is counted")
GRANTED, PAID, OVERPAID = Wording("准予", "granted"), Wording("已拨付", "paid"), Wording("多发", "paid too much")
HIRED = Wording("招用人员", "person hired")
YUAN = Wording("{sum}元", "{sum} yuan")
COLUMNS = (
    Wording("个案", "case"),
    Wording("补贴", "subsidy"),
    Wording("申请人", "applicant"),
    Wording("驿站", "station"),
    Wording("阶段", "stage"),
    Wording("期数", "periods"),
    Wording("准予", "granted"),
    Wording("轮到", "waits for"),
    Wording("到期", "due"),
)


def subsidy_text(view: SubsidyView, language: Language) -> RenderableType:
    case, who = view.case, view.applicant
    told = f"{view.title.within(language)}  {who.kind.label.within(language)} {who.name}  {who.number}"
    return Group(
        head_of(case, language),
        Text(told),
        *([Text(f"{HIRED.within(language)} {view.hired.name}  {view.hired.number}")] if view.hired else []),
        Text(f"{case.station_id}  {case.caseworker or ''}"),
        next_subsidy(view, language),
        *section(CONFLICTS, language, (Text(each.within(language)) for each in view.conflicts)),
        *section(DETERMINATIONS, language, _determinations(view, language)),
        *section(CLAIMS, language, _claims(view, language)),
        *section(MONEY, language, _money(view, language)),
        *section(STOPS, language, _stops(view, language)),
        *section(DELIVERIES, language, _deliveries(view, language)),
        *section(UNVERIFIED, language, (Text(value) for value in view.unaccepted)),
        *section(CLOCKS, language, clock_lines(view.clocks, language)),
        *section(PAPERS, language, paper_lines(case, language)),
        *section(TIMELINE, language, timeline_lines(view.timeline, language)),
    )


def next_subsidy(view: SubsidyView, language: Language) -> RenderableType:
    return next_section(view.next, ACTS, language, determining=any(policies_due(view.case)))


def subsidy_list(found: Iterable[ListedSubsidy], language: Language) -> RenderableType:
    table = Table(box=None, pad_edge=False)
    for column in COLUMNS:
        table.add_column(column.within(language))
    for each in found:
        ended = each.outcome.label if each.outcome else each.stage.label
        table.add_row(
            each.id,
            each.policy,
            f"{each.applicant.label.within(language)} {each.applicant_id}" + (f" ← {each.hired}" if each.hired else ""),
            each.station_id,
            ended.within(language),
            str(each.periods),
            "" if each.granted_fen is None else in_figures(each.granted_fen),
            each.waits.label.within(language),
            shown_instant(each.due_at) if each.due_at else "",
        )
    return table


def _determinations(view: SubsidyView, language: Language) -> Iterator[Text]:
    for each in view.determinations:
        if each.state.superseded:
            continue
        yield from determination_lines(each, view.title, language, GRANTED_OR_NOT)
        if each.state.amount_fen is not None:
            yield Text(f"  {_yuan(each.state.amount_fen, language)}")


def _claims(view: SubsidyView, language: Language) -> Iterator[Text]:
    for claim in view.case.claims:
        gone = RECOVERED if claim.payment_id else RELEASED
        state = gone.within(language) if claim.released_on else claim.payment_id or ""
        yield Text(f"{claim.id}  {state}".rstrip())


def _money(view: SubsidyView, language: Language) -> Iterator[Text]:
    case = view.case
    if case.granted_fen is not None:
        yield Text(f"{GRANTED.within(language)} {_yuan(case.granted_fen, language)}")
    for payment in case.payments:
        batch = f"  {payment.batch_id}" if payment.batch_id else ""
        status = payment.status.label.within(language)
        yield Text(f"{payment.id}  {_yuan(payment.amount_fen, language)}  {status}{batch}")
    if case.paid_fen:
        yield Text(f"{PAID.within(language)} {_yuan(case.paid_fen, language)}")
    if case.overpaid_fen:
        yield Text(f"{OVERPAID.within(language)} {_yuan(case.overpaid_fen, language)}")
    if case.written_off_fen:
        yield Text(f"{WRITTEN_OFF.within(language)} {_yuan(case.written_off_fen, language)}")


def _stops(view: SubsidyView, language: Language) -> Iterator[Text]:
    for stop in view.case.stops:
        struck = f"  {STRUCK.within(language)}" if stop.struck_on else ""
        yield Text(f"{stop.id}  {stop.event}  {stop.month}{struck}")


def _deliveries(view: SubsidyView, language: Language) -> Iterator[Text]:
    for delivery in view.case.deliveries:
        yield Text(f"{delivery.id}  {delivery.way.label.within(language)}  {delivery.delivered_on}")
    for paper in undelivered(view.case):
        yield Text(f"{paper.id}  {NOT_DELIVERED.within(language)}")


def _yuan(fen: int, language: Language) -> str:
    return YUAN.within(language).format(sum=in_figures(fen))
