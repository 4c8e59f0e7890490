"""What stands of a subsidy: the rules' conclusion with its sum and what is missing, and the values nobody verified."""

from sqlalchemy import Connection

from activities.subsidy_facts import conflicts
from cases.determinations import Conclusion
from cases.parts import find
from rules.unverified import unverified
from store.determinations import determination_record
from web.case.deciding import decision
from web.case.determination_pages import LOOKS
from web.case.determination_pages import standing as how_it_stands
from web.case.doing import address, may
from web.case.facts import fact_label
from web.case.findings import TAGS
from web.case.head import numbered
from web.case.marking import code
from web.case.speech import Shown
from web.shown import money
from web.subsidies.opened import OpenSubsidy


def standing(connection: Connection, opened: OpenSubsidy) -> Shown | None:
    """None until the rules have determined it once."""
    state, speech = opened.case.standing, opened.speech
    if state is None:
        return None
    made = determination_record(connection, opened.key, opened.case.id, state.id)
    reasons = [
        speech.w(each.reason) for each in made.findings if each.role != "path" and _tells(each.verdict, made.conclusion)
    ]
    return {
        "number": speech.w(numbered(state)),
        "made": speech.at(state.made_at),
        "look": LOOKS.get(state.conclusion, "unknown"),
        "words": speech.w(state.conclusion.label),
        "amount": money(state.amount_fen) if state.amount_fen is not None else None,
        "reasons": reasons,
        "stands": how_it_stands(opened, state),
        "href": opened.ways.on(f"{opened.path}/determinations/{state.id}"),
        "questions": [
            _question(opened, each.fact, speech.w(each.wording), speech.w(each.asked)) for each in made.questions
        ],
        "decision": {"note": ""} | decision(opened, state),
    }


def disagreements(connection: Connection, opened: OpenSubsidy) -> list[str]:
    """On which facts the record and what was told do not agree; neither is relied on until an officer has found out."""
    station, case = opened.station, opened.case
    found = conflicts(connection, station.keyring, station.policies, case, opened.visit.today)
    return [opened.speech.w(each.sentence(fact_label(opened, each.fact))) for each in found] if not case.closed else []


def unverified_rows(opened: OpenSubsidy) -> list[Shown]:
    """Every value of the policy that nobody verified, with who accepted it; no money goes out before that."""
    if opened.policy is None:
        return []
    return [
        _unverified(opened, each.name, each.authority.clause, opened.speech.w(TAGS[each.authority.tag]))
        for each in unverified(opened.policy)
    ]


def _tells(verdict: str, conclusion: Conclusion) -> bool:
    """Of what was granted what holds; else what does not."""
    return verdict == ("yes" if conclusion is Conclusion.GRANTED else "no")


def _question(opened: OpenSubsidy, fact: str, words: str, asked: str) -> Shown:
    name = fact.partition("[")[0]
    recorded = may(opened, "record-fact") and name in opened.station.policies.book.facts
    return {
        "label": opened.speech.w(fact_label(opened, name)),
        "words": words,
        "asked": asked,
        "href": address(opened, "record-fact", name) if recorded and name not in opened.of_the_case else None,
    }


def _unverified(opened: OpenSubsidy, name: str, clause: str, tag: str) -> Shown:
    speech = opened.speech
    accepted = find(opened.case.acceptances, name) if opened.case.accepts(name) else None
    by = ""
    if accepted:
        who, when = opened.actor(accepted.by), speech.at(accepted.at)
        by = speech(f"{who}于 {when} 接受", f"accepted by {who} on {when}")
    wanted = accepted is None and may(opened, "accept-unverified")
    return {
        "name": code(name),
        "clause": clause,
        "tag": tag,
        "accepted": by,
        "href": address(opened, "accept-unverified", name) if wanted else None,
    }
