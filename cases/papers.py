"""Papers (文书): the closed list of what a station prints, and what every one of them must be."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from cases.parties import StationParty
from cases.refusals import Refusal, Refused, refusal
from cases.wording import Wording

LONGEST_TEXT = 4_000  # characters; layout time grows with the square of a paragraph
MOST_ROWS = 300
MOST_CHARACTERS = 40_000  # on one paper: about forty pages
LONGEST_NAME = 100  # the name field of the public-security standard is 50 characters; employers' are longer
# Control, format, private-use, unassigned and surrogate characters: a reader sees nothing, or not what was typed.
UNSEEN = {"Cc", "Cf", "Co", "Cn", "Cs"}


class PaperKind(StrEnum):
    """The closed list of papers; the agreements bear the names of `AgreementForm`."""

    REFERRAL_LETTER = "referral-letter"  # 岗位推荐函
    LABOUR_CONTRACT = "labour-contract"  # 劳动合同
    PART_TIME_CONTRACT = "part-time-contract"  # 非全日制用工劳动合同
    PUBLIC_POST_AGREEMENT = "public-post-agreement"  # 公益性岗位协议
    CLOSING_NOTICE = "closing-notice"  # 办结通知书
    EXIT_NOTICE = "exit-notice"  # 退出告知书
    SUBSIDY_DETERMINATION_NOTICE = "subsidy-determination-notice"  # 补贴审核告知书
    SUBSIDY_DECISION_NOTICE = "subsidy-decision-notice"  # 补贴决定书
    PAYMENT_INSTRUCTION = "payment-instruction"  # 拨付单
    SUBSIDY_STOP_NOTICE = "subsidy-stop-notice"  # 停发告知书
    RECOVERY_NOTICE = "recovery-notice"  # 追回告知书
    SUBSIDY_NOTICE_LIST = "subsidy-notice-list"  # 公示名单

    @property
    def wording(self) -> Wording:
        return TITLES[self]


TITLES = {
    PaperKind.REFERRAL_LETTER: Wording("岗位推荐函", "Referral Letter"),
    PaperKind.LABOUR_CONTRACT: Wording("劳动合同", "Labour Contract"),
    PaperKind.PART_TIME_CONTRACT: Wording("非全日制用工劳动合同", "Part-time Labour Contract"),
    PaperKind.PUBLIC_POST_AGREEMENT: Wording("公益性岗位协议", "Public-welfare Post Agreement"),
    PaperKind.CLOSING_NOTICE: Wording("办结通知书", "Notice of Closure"),
    PaperKind.EXIT_NOTICE: Wording("退出告知书", "Notice of Exit"),
    PaperKind.SUBSIDY_DETERMINATION_NOTICE: Wording("补贴审核告知书", "Notice of a Subsidy Determination"),
    PaperKind.SUBSIDY_DECISION_NOTICE: Wording("补贴决定书", "Subsidy Decision"),
    PaperKind.PAYMENT_INSTRUCTION: Wording("拨付单", "Payment Instruction"),
    PaperKind.SUBSIDY_STOP_NOTICE: Wording("停发告知书", "Notice that a Subsidy Stops"),
    PaperKind.RECOVERY_NOTICE: Wording("追回告知书", "Notice of Recovery"),
    PaperKind.SUBSIDY_NOTICE_LIST: Wording("公示名单", "Public-notice List"),
}


class PaperRefused(Refused):
    """A paper was not printed, because what it would say is incomplete, illegible or against the law."""


@dataclass(frozen=True)
class Paper:
    """What one paper says. Its bytes are a function of this alone, so every day in it comes from the case."""

    KIND: ClassVar[PaperKind]

    number: str  # 文书编号
    issued_on: date
    station: StationParty

    def refusals(self) -> Iterator[Refusal]:
        """What the law, or plain sense, has against this paper."""
        yield from ()


def check(paper: Paper) -> None:
    """Refuse a paper with every reason at once."""
    reasons = (*_illegible(paper), *paper.refusals())
    if reasons:
        raise PaperRefused(reasons)


@dataclass(frozen=True)
class Leaf:
    """One value of a paper and where it stands, e.g. `worker.name`."""

    path: str
    value: object

    @property
    def field(self) -> str:
        return self.path.rpartition(".")[2].partition("[")[0]


def leaves(value: object, path: str = "") -> Iterator[Leaf]:
    """Every single value in a paper, outermost first; a list that is too long is itself a leaf."""
    if is_dataclass(value):
        for field in fields(value):
            yield from leaves(getattr(value, field.name), f"{path}.{field.name}" if path else field.name)
    elif isinstance(value, tuple) and len(value) <= MOST_ROWS:
        for position, item in enumerate(value):
            yield from leaves(item, f"{path}[{position + 1}]")
    elif value is not None:
        yield Leaf(path, value)


def _illegible(paper: Paper) -> Iterator[Refusal]:
    said = list(leaves(paper))
    if sum(len(leaf.value) for leaf in said if isinstance(leaf.value, str)) > MOST_CHARACTERS:
        yield refusal(
            "too-much",
            f"全文超过{MOST_CHARACTERS}字，请缩短或分成几份文书。",
            f"The paper has more than {MOST_CHARACTERS} characters; shorten it or split it.",
        )
    for leaf in said:
        if isinstance(leaf.value, tuple):
            yield refusal(
                "too-many-rows",
                f"“{leaf.path}”超过{MOST_ROWS}行，请分成几份文书。",
                f"{leaf.path} has more than {MOST_ROWS} rows; split it over several papers.",
            )
        elif isinstance(leaf.value, str):
            yield from _illegible_text(leaf.path, leaf.value, LONGEST_NAME if leaf.field == "name" else LONGEST_TEXT)


def _illegible_text(path: str, text: str, longest: int) -> Iterator[Refusal]:
    """Messages name the field and the place, never the text: it may be a person's name."""
    if not text.strip():
        yield refusal("blank", f"“{path}”是空的，请填写。", f"{path} is blank; fill it in.")
    if len(text) > longest:
        yield refusal(
            "too-long",
            f"“{path}”超过{longest}字，请缩短。",
            f"{path} has more than {longest} characters; shorten it.",
        )
    unseen = next((place for place, one in enumerate(text, 1) if unicodedata.category(one) in UNSEEN), None)
    if unseen:
        yield refusal(
            "unseen-character",
            f"“{path}”第{unseen}个字符是不可见、自造或未收录的字符，请改用国家标准收录的字。",
            f"{path}: character {unseen} is invisible, private or unassigned; use one that a standard lists.",
        )
