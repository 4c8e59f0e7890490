"""Everything that people do to a case, in groups: what its reader can do now, and why not the rest."""

from dataclasses import dataclass
from urllib.parse import quote

from sqlalchemy import Connection

from cases.hardship.progress import ACTS
from cases.refusals import Refusal
from cases.roles import any_of
from cases.wording import Wording
from web.acts.at_hand import AtHand, hand_over
from web.acts.described import ActForm, Group
from web.acts.forms import FORMS
from web.acts.judging import standing
from web.case.opened import OpenCase


@dataclass(frozen=True)
class PossibleAct:
    """`reasons`: why the reader cannot do it now; `parts`: what of the case it can be about, newest first."""

    kind: str
    title: Wording
    by: Wording
    href: str
    reasons: tuple[Refusal, ...]
    parts: tuple[str, ...]

    @property
    def possible(self) -> bool:
        return not self.reasons


@dataclass(frozen=True)
class ActGroup:
    title: Wording
    acts: tuple[PossibleAct, ...]

    @property
    def possible(self) -> tuple[PossibleAct, ...]:
        return tuple(act for act in self.acts if act.possible)


def possible_acts(connection: Connection, opened: OpenCase) -> tuple[ActGroup, ...]:
    """In the order of the groups; judged by the acts themselves."""
    hand = hand_over(connection, opened)
    found = [(described.group, _possible(hand, described)) for described in FORMS.values()]
    return tuple(ActGroup(group.label, tuple(act for own, act in found if own is group)) for group in Group)


def act_path(case_id: str, kind: str, about: str = "") -> str:
    query = f"?about={quote(about, safe='')}" if about else ""
    return f"/cases/{case_id}/do/{kind}{query}"


def _possible(hand: AtHand, described: ActForm) -> PossibleAct:
    act, now = ACTS[described.kind], standing(hand, described)
    about = now.parts[0] if len(now.parts) == 1 else ""
    return PossibleAct(
        kind=described.kind,
        title=act.TITLE,
        by=any_of(act.BY),
        href=hand.opened.ways.on(act_path(hand.case.id, described.kind, about)),
        reasons=now.reasons,
        parts=now.parts,
    )
