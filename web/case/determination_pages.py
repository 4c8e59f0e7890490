"""The determinations of a case: the list, and one of them with every rule, value, source and clause."""

from hashlib import sha256
from typing import Final

from markupsafe import Markup
from sqlalchemy import Connection
from starlette.responses import Response

from cases.case_parts import DeterminationState
from cases.determinations import Conclusion
from cases.hardship.case import DIFFICULTY, HARDSHIP
from cases.parts import find
from cases.wording import Wording
from rules.explain import unverified
from store.determinations import determination_record
from store.scope import NotInScope
from web.case.comparable import comparable, other_opened, title_of
from web.case.deciding import decision
from web.case.explaining import explaining, later_verdicts, told_of
from web.case.findings import TAGS, trees
from web.case.head import DETERMINATIONS, capital, decided_as, numbered
from web.case.layout import draw, shared
from web.case.marking import code, named
from web.case.of_address import moved_to, open_asked
from web.case.opened_any import Opened, note_look, record_look
from web.case.readings import Looked, frozen_facts, policy_of, source_words, value_words
from web.case.reasons import ASKED, reason_given
from web.case.speech import Shown
from web.forms import UNPROCESSABLE, Form
from web.visit import Visit

FACTS_READ: Final = "facts-read"
SHORT_HASH: Final = 12
LOOKS: Final = {Conclusion.GRANTED: "holds", Conclusion.REFUSED: "overall"}


def determinations_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        opened = open_asked(connection, visit)
        choices = comparable(opened, other_opened(connection, opened).values())
    note_look(opened)
    groups = [_group(opened, policy) for policy in opened.policies]
    context = shared(opened, DETERMINATIONS) | {
        "groups": [group for group in groups if group["rows"]],
        "missing": [
            opened.speech.w(opened.called(policy))
            for policy in opened.policies[:2]
            if opened.case.current(policy) is None
        ],
        "choices": choices,
    }
    return draw(opened, "determinations/list.html", context)


def determination_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        moved = moved_to(connection, visit)
        if moved:
            return visit.go(moved)
        opened = open_asked(connection, visit)
        looked = look(connection, opened, visit.part("determination_id"), plain=opened.working)
    note_look(opened)
    return draw(opened, "determinations/one.html", _one(looked, Form()))


def reveal_facts(visit: Visit) -> Response:
    """The values, for a reader who does not work on the case; the look is written down with its reason first."""
    form, why = reason_given(visit)
    with visit.writing() as connection:
        opened = open_asked(connection, visit)
        looked = look(connection, opened, visit.part("determination_id"), plain=opened.working or why is not None)
        if why:
            about = f"{opened.case.id}/{looked.state.id}"
            record_look(connection, opened, FACTS_READ, "determination", about, why)
    return draw(opened, "determinations/one.html", _one(looked, form), status=200 if why else UNPROCESSABLE)


def look(connection: Connection, opened: Opened, determination_id: str, *, plain: bool) -> Looked:
    """Raises NotInScope where the case has no such determination."""
    state = find(opened.case.determinations, determination_id)
    if state is None:
        raise NotInScope
    made = determination_record(connection, opened.key, opened.case.id, state.id)
    facts = frozen_facts(connection, opened, state, made)
    return Looked(opened, state, made, policy_of(connection, opened, state, made), facts, plain)


def _group(opened: Opened, policy: str) -> Shown:
    rows = [_row(opened, each) for each in reversed(opened.case.determinations) if each.policy == policy]
    return {"title": capital(opened.speech.w(opened.called(policy))), "rows": rows}


def _row(opened: Opened, state: DeterminationState) -> Shown:
    speech = opened.speech
    return {
        "href": opened.ways.on(f"{opened.path}/determinations/{state.id}"),
        "id": state.id,
        "number": speech.w(numbered(state)),
        "made": speech.at(state.made_at),
        "look": LOOKS.get(state.conclusion, "unknown"),
        "conclusion": speech.w(state.conclusion.label),
        "decided": standing(opened, state),
        "by": opened.actor(state.decided_by) if state.decided_by else "",
    }


def standing(opened: Opened, state: DeterminationState) -> str:
    """How it stands with the officers."""
    speech = opened.speech
    if state.superseded:
        return speech("已被后来的认定取代", "superseded by a later one")
    if state.granted is None and state.departing is not None:
        return speech("偏离待第二人复核", "a departure waits for a second officer")
    if state.granted is None:
        return speech("待决定", "to be decided")
    words = speech.w(decided_as(state))
    return speech(f"{words}（偏离）", f"{words} (departed)") if state.departed_by else words


def _one(looked: Looked, form: Form) -> Shown:
    opened, state, made = looked.opened, looked.state, looked.made
    speech, case = opened.speech, opened.case
    told = told_of(looked)
    before = [d for d in case.determinations if d.policy == state.policy and d.made_at < state.made_at]
    return (
        shared(opened, DETERMINATIONS)
        | explaining(looked, told)
        | {
            "id": speech.w(numbered(state)),
            "title": title_of(opened, state),
            "person": {"name": named(str(opened.who["name"])), "about": opened.who["about"]},
            "status": standing(opened, state),
            "applied_on": speech.day(case.applied_on),
            "made_at": speech.at(state.made_at),
            "policy": _policy(looked),
            "agreed": not made.disagreements,
            "disagreements": [(d.rule, d.evaluator.value, d.engine.value, d.by) for d in made.disagreements],
            "conclusion": {"look": LOOKS.get(made.conclusion, "unknown"), "words": speech.w(made.conclusion.label)},
            "why": _why(looked),
            "trees": trees(looked, later_verdicts(looked, told)),
            "facts": [
                {"label": looked.label(f.name), "value": value_words(looked, f), "source": source_words(looked, f)}
                for f in looked.facts
            ],
            "questions": [
                {"asked": speech.w(q.asked), "words": speech.w(q.wording), "name": q.fact} for q in made.questions
            ],
            "decision": {"note": ""} | decision(opened, state),
            "policy_hash": made.policy_hash,
            "facts_hash": sha256(made.facts_json.encode()).hexdigest(),
            "short_hash": SHORT_HASH,
            "engine_names": code(made.engines),
            "known_policy": looked.policy is not None,
            "unverified": [{"clause": each.clause, "tag": speech.w(TAGS[each.tag])} for each in unverified(made)],
            "plain": looked.plain,
            "revealed": looked.plain and not opened.working,
            "form": form,
            "reasons": [(why.value, speech.w(words)) for why, words in ASKED.items()],
            "compare": opened.ways.on(f"{opened.path}/determinations/compare?a={before[-1].id}&b={state.id}")
            if before
            else None,
            "today": opened.ways.on(f"{opened.path}/determinations/{state.id}/today"),
            "two_classes": state.policy in (HARDSHIP, DIFFICULTY),
        }
    )


def _policy(looked: Looked) -> str:
    title = looked.opened.speech.w(looked.policy.title) if looked.policy else looked.made.policy
    return Markup("{} · {}").format(title, code(looked.made.version))


def _why(looked: Looked) -> str:
    """In a sentence: what holds, or why there is no conclusion."""
    speech, made = looked.opened.speech, looked.made
    held = speech.list([speech.w(f.reason) for f in made.grounds])
    failed = speech.list([speech.w(f.reason) for f in made.findings if f.role == "condition" and f.verdict == "no"])
    asked = len(made.questions)
    said: dict[Conclusion, Wording] = {
        Conclusion.GRANTED: Wording(f"成立的情形：{held}。", f"What holds: {held}.") if held else _ALL_HOLD,
        Conclusion.REFUSED: Wording(f"必备条件不成立：{failed}。", f"A condition does not hold: {failed}.")
        if failed
        else _NONE_HOLDS,
        Conclusion.NEEDS_INFORMATION: Wording(
            f"还缺 {asked} 项能改变结论的事实。", f"Facts that may change it are missing: {asked}."
        ),
    }
    return speech.w(said.get(made.conclusion) or _NO_CONCLUSION[made.conclusion])


_ALL_HOLD: Final = Wording("必备条件全部成立。", "Every condition holds.")
_NONE_HOLDS: Final = Wording("没有一种情形成立。", "No ground holds.")
_NO_CONCLUSION: Final = {
    Conclusion.FOR_JUDGMENT: Wording(
        "其余都已明确，只等审批人判断的事实。", "All else is known; only the officer’s own findings are left."
    ),
    Conclusion.ENGINES_DISAGREE: Wording(
        "各引擎结论不一致，由审批人判断。", "The engines differ, so an officer decides."
    ),
    Conclusion.GAP: Wording("政策没有规定这种情况。", "The policy has no answer for this."),
    Conclusion.CONFLICT: Wording("两条规定同时适用，互相矛盾。", "Two clauses apply, and contradict each other."),
}
