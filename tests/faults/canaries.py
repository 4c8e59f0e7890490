"""Canaries (暗语): what stands in for everything personal in a case, so that it can be looked for afterwards."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Any, Final

from activities.payees import Payees
from cases.commands import AnyAct, Receipt
from cases.hardship.acts import Act
from cases.hardship.moving import Pause
from cases.hardship.placing import RecordPlacement
from cases.hardship.terms import PartyDetails, WorkTerms
from cases.identity import check_character
from cases.payees import PayeeAccount
from cases.subsidy.acts import Act as SubsidyAct
from cli.stagehand import Stagehand, SubsidyHand

WRITTEN: Final = "珍珠暗语"  # in every text that somebody writes freely
NAME, MEMBER, REPRESENTATIVE = "覃䶮曌", "仉镕骉", "禤堃媖"
ADDRESS: Final = "示例区暗语巷七号院"
EMPLOYERS_PHONE: Final = "13987650099"
ACCOUNT: Final = "9990987650000123"
FREE_TEXTS: Final = frozenset(
    {
        "reason",
        "content",
        "what",
        "detail",
        "explanation",
        "channel",
        "purpose",
        "matter",
        "body",
        "open_needs_reason",
        "finding",
    }
)


def identity_number(ordinal: int) -> str:
    first = f"99999919850312{770 + 2 * ordinal}"
    return first + check_character(first)


def phone(ordinal: int) -> str:
    return f"139876500{ordinal:02d}"


def everything(people: int) -> dict[str, str]:
    """What must stand nowhere in clear, by name."""
    texts = {"text": WRITTEN, "name": NAME, "member": MEMBER, "representative": REPRESENTATIVE, "address": ADDRESS}
    numbers = {f"identity {n}": identity_number(n) for n in range(people)} | {
        f"phone {n}": phone(n) for n in range(people)
    }
    return {**texts, **numbers, "employer's phone": EMPLOYERS_PHONE, "account": ACCOUNT}


def spellings(text: str) -> Iterator[bytes]:
    """The bytes that a text may lie in a file as, wherever in base64 it begins."""
    plain = text.encode()
    yield plain
    yield json.dumps(text)[1:-1].encode()
    yield text.encode("utf-16-le")
    yield plain.hex().encode()
    for shift in range(3):
        encoded = base64.b64encode(bytes(shift) + plain)
        yield encoded[4 if shift else 0 : -4]  # but for the groups that are shared with what stands around it


@dataclass
class Planting:
    """Where a hand plants canaries, and how many it did."""

    ordinal: int = 0
    planted: int = 0

    def _marked(self, text: str) -> str:
        self.planted += 1
        return f"{text}（{WRITTEN}）"

    def _facts(self, facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [fact | {"detail": self._marked(fact["detail"])} for fact in facts]


@dataclass
class SubsidyCanaryHand(Planting, SubsidyHand):
    """Plays a branch of a subsidy likewise, paid to an account that is nobody's."""

    def enters(self, fields: dict[str, Any], actor: str) -> str:
        return super().enters(fields | a_person(self.ordinal) | {"facts": self._facts(fields["facts"])}, actor)

    async def applies(self, fields: dict[str, Any], actor: str) -> None:
        await super().applies(fields | {"facts": self._facts(fields["facts"])}, actor)
        account = PayeeAccount(NAME, "示例银行", ACCOUNT)
        Payees(self.station).record(self.case_id, account, actor, self.now)

    async def does(self, act: SubsidyAct, actor: str) -> Receipt:
        return await super().does(replace(act, **{name: self._marked(text) for name, text in _texts(act)}), actor)


@dataclass
class CanaryHand(Planting, Stagehand):
    """Plays a branch as it is written, with a canary in every place where something personal can stand."""

    async def register(self, fields: dict[str, Any], actor: str) -> None:
        await super().register(fields | a_person(self.ordinal) | {"facts": self._facts(fields["facts"])}, actor)

    async def does(self, act: Act, actor: str) -> Receipt:
        return await super().does(self._with_canaries(act), actor)

    def _with_canaries(self, act: Act) -> Act:
        changed: dict[str, Any] = {
            name: self._marked(text) for name, text in _texts(act) if not (isinstance(act, Pause) and name == "reason")
        }
        if isinstance(act, RecordPlacement):
            changed["terms"] = self._terms(act.terms)
        return replace(act, **changed)

    def _terms(self, terms: WorkTerms) -> WorkTerms:
        parties = PartyDetails(
            employer_address=ADDRESS,
            employer_representative=REPRESENTATIVE,
            employer_phone=EMPLOYERS_PHONE,
            worker_address=ADDRESS,
        )
        position, place, duties = (self._marked(text) for text in (terms.position, terms.place, terms.duties))
        return replace(terms, position=position, place=place, duties=duties, parties=parties)


def _texts(act: AnyAct) -> Iterator[tuple[str, str]]:
    for field in fields(act):
        value = getattr(act, field.name)
        if field.name in FREE_TEXTS and isinstance(value, str) and not isinstance(value, Enum):
            yield field.name, value


def a_person(ordinal: int) -> dict[str, Any]:
    return {
        "worker": {
            "name": NAME,
            "identity_number": identity_number(ordinal),
            "phone": phone(ordinal),
            "address": ADDRESS,
        },
        "household": [{"name": MEMBER, "relation": "配偶"}],
        "skills": [{"trade": "搬运", "level": "初级", "evidence": WRITTEN}],
        "wishes": [{"trade": "家政", "detail": WRITTEN}],
    }
