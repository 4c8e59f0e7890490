"""Everything that people do to a case, in groups: what its reader can do now, and why not the rest."""

from dataclasses import dataclass
from urllib.parse import quote

from sqlalchemy import Connection

from cases.refusals import Refusal
from cases.roles import any_of
from cases.wording import Wording
from web.acts.all_forms import FORMS_OF
from web.acts.at_hand import AtHand
from web.acts.described import ActForm, Group
from web.acts.in_hand import hand_over
from web.acts.judging import standing
from web.case.opened_any import Opened


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


def possible_acts(connection: Connection, opened: Opened) -> tuple[ActGroup, ...]:
    """In the order of the groups; judged by the acts themselves."""
    hand = hand_over(connection, opened)
    found = [(described.group, _possible(hand, described)) for described in FORMS_OF[opened.KIND].values()]
    return tuple(ActGroup(group.label, tuple(act for own, act in found if own is group)) for group in Group)


def act_path(home: str, kind: str, about: str = "") -> str:
    query = f"?about={quote(about, safe='')}" if about else ""
    return f"{home}/do/{kind}{query}"


def _possible(hand: AtHand, described: ActForm) -> PossibleAct:
    act, now = hand.acts.known[described.kind], standing(hand, described)
    about = now.parts[0] if len(now.parts) == 1 else ""
    return PossibleAct(
        kind=described.kind,
        title=act.TITLE,
        by=any_of(act.BY),
        href=hand.opened.ways.on(act_path(hand.opened.path, described.kind, about)),
        reasons=now.reasons,
        parts=now.parts,
    )
