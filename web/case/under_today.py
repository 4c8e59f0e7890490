"""What the frozen facts of a determination would come to under the version of today; it decides nothing."""

from dataclasses import dataclass

from starlette.responses import Response

from cases.determinations import Verdict
from cases.wording import Wording
from rules.comparing import Comparison, Outcome, compared, decided_anew, determined_side
from rules.comparing_text import NO_SUCH_RULE
from rules.facts import FactRefused
from rules.frozen import kept
from rules.policies import NoPolicyInForce, ResolvedPolicy
from web.case.comparable import title_of
from web.case.determination_pages import LOOKS, look
from web.case.differing import cause, law_rows
from web.case.findings import VERDICT_LOOKS, VERDICT_WORDS
from web.case.head import DETERMINATIONS, numbered
from web.case.layout import draw, shared
from web.case.marking import code
from web.case.of_address import open_asked
from web.case.opened_any import note_look
from web.case.readings import MASKED, Looked
from web.case.speech import Shown
from web.shown import money
from web.visit import Visit

LOST = Wording(
    "作出认定时的政策已找不到，无法比较。",
    "The policy that it was made by is not to be had any more, so nothing is compared.",
)
UNREADABLE = Wording(
    "今天的版本对事实的规定不同，当时的事实不能照此读取。",
    "The version of today declares the facts otherwise, so those of that day cannot be read by it.",
)


@dataclass(frozen=True)
class Today:
    """The version of today with what it makes of the facts; or why there is none."""

    policy: ResolvedPolicy | None = None
    comparison: Comparison | None = None
    why_not: Wording | None = None


def under_today_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        opened = open_asked(connection, visit)
        looked = look(connection, opened, visit.part("determination_id"), plain=opened.working)
    note_look(opened)
    return draw(opened, "determinations/today.html", _context(looked, _under_today(looked)))


def _under_today(looked: Looked) -> Today:
    opened, policy, today = looked.opened, looked.policy, looked.opened.visit.today
    if policy is None:
        return Today(why_not=LOST)
    try:
        book = opened.station.policies.book
        of_today = book.resolve(looked.state.policy, opened.case.jurisdiction, today, today)
        anew = decided_anew(of_today, kept(looked.made.facts_json))
    except NoPolicyInForce as none:
        return Today(why_not=none.wording)
    except FactRefused:
        return Today(why_not=UNREADABLE)
    return Today(of_today, compared(determined_side(policy, looked.made), anew))


def _context(looked: Looked, today: Today) -> Shown:
    opened, state, made = looked.opened, looked.state, looked.made
    speech, found = opened.speech, today.comparison
    return shared(opened, DETERMINATIONS) | {
        "href": opened.ways.on(f"{opened.path}/determinations/{state.id}"),
        "id": speech.w(numbered(state)),
        "title": title_of(opened, state),
        "made": speech.at(state.made_at),
        "was": _side(looked, Outcome(made.conclusion, made.amount_fen), made.version),
        "now": _side(looked, found.second, today.policy.version) if found and today.policy else None,
        "same_law": today.policy is not None and today.policy.hash == made.policy_hash,
        "why_not": speech.w(today.why_not) if today.why_not else None,
        "cause": cause(found, speech) if found else None,
        "law": law_rows(found, speech) if found else [],
        "rules": list(_rules(looked, today)),
    }


def _side(looked: Looked, outcome: Outcome, version: str) -> Shown:
    speech = looked.opened.speech
    amount = None
    if outcome.amount_fen is not None:
        yuan = money(outcome.amount_fen)
        amount = speech(f"{yuan} 元", f"{yuan} yuan") if looked.plain else speech.w(MASKED)
    return {
        "look": LOOKS.get(outcome.conclusion, "unknown"),
        "words": speech.w(outcome.conclusion.label),
        "amount": amount,
        "version": code(version),
    }


def _rules(looked: Looked, today: Today) -> list[Shown]:
    """Every rule of either version, those with another verdict first."""
    if today.comparison is None or today.policy is None:
        return []
    speech, differ = looked.opened.speech, {each.rule: each for each in today.comparison.rules}
    reasons = {rule.id: rule.reason for rule in today.policy.rules.rules.values()}
    reasons |= {finding.rule: finding.reason for finding in looked.made.findings}
    was = {finding.rule: finding.verdict for finding in looked.made.findings}
    rows: list[Shown] = []
    for rule, reason in reasons.items():
        other = differ.get(rule)
        first, second = (other.first, other.second) if other else (was[rule], was[rule])
        pair = {"a": _verdict(looked, first), "b": _verdict(looked, second)}
        rows.append({"label": speech.w(reason), "rule": code(rule), "differs": other is not None} | pair)
    return sorted(rows, key=lambda row: not row["differs"])


def _verdict(looked: Looked, verdict: Verdict | None) -> Shown:
    speech = looked.opened.speech
    if verdict is None:
        return {"look": None, "words": speech.w(NO_SUCH_RULE)}
    return {"look": VERDICT_LOOKS[verdict], "words": speech.w(VERDICT_WORDS[verdict])}
