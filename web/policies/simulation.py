"""One simulation: how far it is, or who gains, who loses and what it costs, by category."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from activities.simulation_report import REPORT, Report
from activities.simulation_seen import seen_by
from activities.simulation_starting import progress
from cases.determinations import Verdict
from cases.wording import Wording
from rules.explain import VERDICTS
from rules.simulated_effects import CHANGES, UNKNOWN, Dimension, Effect
from rules.simulated_protection import FEWEST, ShownBreakdown, ShownEffects, ShownRow
from rules.simulated_words import FEW, WITHHELD, category, count, fact_words, money
from store.case_reading import staff_names
from store.offers import station_names
from store.organisation import nodes_with_jurisdiction
from store.scope import NotInScope
from store.simulations import kept_simulation
from web.policies.listing import LIST
from web.roles import POLICY_READING
from web.serving import Page
from web.visit import Visit

SIMULATION: Final = f"{LIST}/simulations/{{simulation_id}}"


@dataclass(frozen=True)
class Line:
    """One category; `called`: by a name that is Chinese in both languages.

    `share` of the longest bar, for those who change; what is not told has no length.
    """

    name: Wording
    called: bool
    counts: tuple[str, ...]
    money: str
    share: float


@dataclass(frozen=True)
class Table:
    of: Dimension
    effects: tuple[Effect, ...]
    lines: tuple[Line, ...]


def simulation_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        kept = kept_simulation(connection, visit.office.station.keyring, visit.part("simulation_id"))
        if kept is None:
            raise NotInScope
        names = nodes_with_jurisdiction(connection)
        staff = staff_names(connection, {kept.asked.asked_by})
        report = REPORT.validate_python(kept.answer.report) if kept.answer and not kept.answer.refusals else None
        shown = seen_by(connection, visit.reach, report) if report else None
        stations = station_names(connection, visit.reach)
    context = {
        "kept": kept,
        "names": names,
        "staff": staff,
        "progress": progress(visit.office.settings, kept.asked.id) if kept.answer is None else None,
        "report": report,
        "again": f"{LIST}/files/{kept.asked.policy}/{kept.asked.jurisdiction}/simulate",
        **(_told(visit, report, shown, {**stations, **names}) if report and shown else {}),
    }
    return visit.render("policies/simulation.html", context)


def _told(visit: Visit, report: Report, shown: ShownEffects, called: Mapping[str, str]) -> dict[str, object]:
    facts = visit.office.station.policies.book.facts
    return {
        "shown": shown,
        "people": count(shown.people),
        "effects": [(each, count(shown.effects[each])) for each in Effect if shown.effects[each].value != 0],
        "money": {
            name: money(figure)
            for name, figure in (
                ("before", shown.before_fen),
                ("after", shown.after_fen),
                ("difference", shown.difference_fen),
            )
        },
        "amounts_open": "" if shown.amounts_open.value == 0 else count(shown.amounts_open),
        "tables_": [table for each in shown.by if (table := _table(each, called)).lines],
        "rules": [(rule, _verdict(was), _verdict(now), count(figure)) for rule, was, now, figure in shown.rules],
        "alike": [
            (each.effect, [fact_words(name, value, facts) for name, value in each.facts])
            for each in report.effects.alike
        ],
        "fewest": FEWEST,
        "few": FEW,
        "withheld": WITHHELD,
        "ungoverned": FEW if 0 < report.ungoverned < FEWEST else str(report.ungoverned or ""),
    }


def _table(of: ShownBreakdown, called: Mapping[str, str]) -> Table:
    """Only kinds that occur, and only categories in which something changes."""
    rows = [row for row in of.rows if any(row.effects[effect].value != 0 for effect in CHANGES)]
    effects = tuple(effect for effect in CHANGES if any(row.effects[effect].value != 0 for row in rows))
    longest = max((_changed(row) for row in rows), default=0)
    lines = tuple(
        Line(
            Wording(called[row.key], called[row.key]) if row.key in called else category(of.dimension, row.key),
            row.key in called or (of.dimension is Dimension.TRADE and row.key != UNKNOWN),
            tuple(count(row.effects[effect]) for effect in effects),
            money(row.difference_fen),
            _changed(row) / longest if longest else 0,
        )
        for row in rows
    )
    return Table(of.dimension, effects, lines)


def _changed(row: ShownRow) -> int:
    return sum(row.effects[effect].value or 0 for effect in CHANGES)


def _verdict(found: str) -> Wording:
    return VERDICTS[Verdict(found)] if found in set(Verdict) else Wording(found, found)


ROUTES: Final = [Page(SIMULATION, simulation_page, POLICY_READING)]
