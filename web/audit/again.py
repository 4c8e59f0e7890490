"""Replaying from the pages: the determinations of one case, or those behind a drawn sample of decisions."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from starlette.responses import Response

from activities.packets import Export
from activities.replaying import Came, Replay, Replayed
from activities.verifier import VERIFIER
from cases.refusals import Refused, refusal
from store import auditing
from store.kept_determinations import Chosen, KeptDetermination, kept_determinations
from store.scope import require_any_case
from web.audit.pages import LARGEST_SAMPLE, LARGEST_SEED, MOST_ON_A_PAGE, asked_for, number_asked
from web.case.reasons import ASKED, reason_given
from web.case.speech import Shown
from web.forms import UNPROCESSABLE, Form
from web.roles import AUDITING
from web.serving import Page
from web.subsidies.titles import policies_called
from web.visit import Visit

MOST_OF_A_CASE: Final = 200
TOO_MANY: Final = refusal(
    "too-many-for-a-page",
    f"页面上一次最多重放 {MOST_ON_A_PAGE} 件；更多的请用命令 yizhan audit replay。",
    f"A page replays at most {MOST_ON_A_PAGE}; for more use the command yizhan audit replay.",
)
LOOKS: Final = {Came.SAME: "holds", Came.OTHER_ENGINES: "holds", Came.ERASED: "unknown"}


def case_page(visit: Visit) -> Response:
    return visit.render("audit/case.html", _case(visit, Form()))


def replay_case(visit: Visit) -> Response:
    """All determinations of the case again, or the one that the form names."""
    kept = _kept(visit)
    named = visit.field("determination")
    places = tuple(each.place for each in kept if named in ("", each.id))
    replayed = _replayed(visit, Replay(Chosen(), places=places)) if places else ()
    return visit.render("audit/case.html", _case(visit, Form()) | {"replayed": _shown(visit, replayed)})


def replay_sample(visit: Visit) -> Response:
    """The same decisions that the address draws, made again."""
    size = number_asked(visit, "sample", LARGEST_SAMPLE) or 0
    seed = number_asked(visit, "seed", LARGEST_SEED) or 0
    with visit.reading() as connection:
        rows, total = auditing.sample_of_decisions(connection, visit.scope, asked_for(visit), size, seed)
    places = tuple(sorted({(row.case_id, row.determination_id) for row in rows}))
    if len(places) > MOST_ON_A_PAGE:
        raise Refused((TOO_MANY,))
    asked = Replay(Chosen(), places=places, drawn_as=f"of {total}, seed {seed}")
    replayed = _replayed(visit, asked) if places else ()
    context = {
        "replayed": _shown(visit, replayed),
        "sample": {"size": len(places), "seed": seed, "total": total},
        "back": f"/audit/decisions?{visit.request.url.query}",
    }
    return visit.render("audit/replayed.html", context)


def packet_file(visit: Visit) -> Response:
    """The case as one file, for a reason; who took it is written down before the bytes leave."""
    form, why = reason_given(visit)
    if why is None:
        return visit.render("audit/case.html", _case(visit, form), status=UNPROCESSABLE)
    case_id = visit.part("case_id")
    asked = Export(case_id, visit.me.staff_id, why.value)
    content = visit.office.station.packets.packet(asked, visit.scope, visit.office.now())
    headers = {"Content-Disposition": f'attachment; filename="{case_id}.json"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/json", headers=headers)


def verifier_file(_: Visit) -> Response:
    headers = {"Content-Disposition": 'attachment; filename="verify.py"'}
    return Response(VERIFIER.read_bytes(), media_type="text/x-python; charset=utf-8", headers=headers)


def _kept(visit: Visit) -> tuple[KeptDetermination, ...]:
    """Raises NotInScope where the case is not the reader's to see."""
    case_id = visit.part("case_id")
    with visit.reading() as connection:
        require_any_case(connection, visit.scope, case_id)
        return kept_determinations(connection, visit.scope, Chosen(case_id=case_id), None, MOST_OF_A_CASE)


def _replayed(visit: Visit, asked: Replay) -> Iterable[Replayed]:
    office = visit.office
    again = office.station.replaying.replay
    return tuple(again(asked, visit.me.staff_id, visit.scope, office.now(), verdicts=office.rule_engine.verdicts))


def _case(visit: Visit, form: Form) -> Shown:
    return {
        "case_id": visit.part("case_id"),
        "determinations": _kept(visit),
        "policies": policies_called(visit.office.station.policies.book),
        "form": form,
        "reasons": list(ASKED.items()),
        "replayed": None,
    }


def _shown(visit: Visit, replayed: Iterable[Replayed]) -> Shown:
    rows = tuple(replayed)
    counts = Counter(each.came for each in rows)
    return {
        "rows": [
            {
                "kept": each.kept,
                "look": LOOKS.get(each.came, "refused"),
                "words": each.erased.wording if each.erased else each.came.label,
                "conclusion": each.conclusion.label if each.conclusion else None,
                "differences": [str(difference) for difference in each.differences],
            }
            for each in rows
        ],
        "counts": [(came.label, counts[came]) for came in Came if counts[came]],
        "policies": policies_called(visit.office.station.policies.book),
    }


_CASE: Final = "/audit/cases/{case_id}"
ROUTES: Final = [
    Page(_CASE, case_page, AUDITING),
    Page(f"{_CASE}/replay", replay_case, AUDITING, methods=("POST",)),
    Page(f"{_CASE}/packet", packet_file, AUDITING, methods=("POST",)),
    Page("/audit/replay", replay_sample, AUDITING, methods=("POST",)),
    Page("/audit/export/verifier", verifier_file, AUDITING),
]
