"""What a careful reader asks of policies that hold together: do words and signs agree, and when was it last checked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cases.authorities import Tag
from cases.wording import Wording
from rules.documents import PolicyFile
from rules.loading import Mapping, Node, Scalar, Sequence
from rules.parser import parse
from rules.places import Place
from rules.policies import PolicyBook
from rules.tree import Compare, Expr, Not, children

LAST_REVIEW_MAY_BE = timedelta(days=366)
# 民法典第一千二百五十九条: these include their number, those do not.
INCLUDES = re.compile(r"以上|以下|以内|届满|(?<!不)满|不超过|不少于|不低于|不高于|不多于|达到")
EXCLUDES = re.compile(r"不满|不足|(?<!不)超过|以外|(?<!不)低于|(?<!不)高于|(?<!不)少于|(?<!不)多于")
STRICT = {"<": True, ">": True, "<=": False, ">=": False}


@dataclass(frozen=True)
class Remark:
    """Not a mistake by itself: a person looks, and either changes the file or says in it why it stands (`note`)."""

    policy: str
    place: Place
    wording: Wording


@dataclass(frozen=True)
class TagCount:
    """How many clauses of a file carry each tag; M and N were never checked against a source."""

    policy: str
    jurisdiction: str
    counts: tuple[tuple[Tag, int], ...]

    @property
    def unchecked(self) -> int:
        return sum(number for tag, number in self.counts if not tag.verified)


def remarks(book: PolicyBook, today: date) -> Iterator[Remark]:
    for files in book.files.values():
        for file in files:
            yield from _long_unreviewed(file, today)
            for version in file.versions:
                for item in version.items:
                    if item.section == "rules" and isinstance(item.node, Mapping):
                        yield from _words_and_signs(file, item.node)


def tag_counts(file: PolicyFile) -> TagCount:
    found = [tag for version in file.versions for item in version.items for tag in _tags(item.node)]
    return TagCount(file.id, file.jurisdiction, tuple((tag, found.count(tag)) for tag in Tag if tag in found))


def _tags(node: Node) -> Iterator[Tag]:
    match node:
        case Mapping(entries):
            tag = entries.get("tag")
            if isinstance(tag, Scalar) and tag.text in set(Tag):
                yield Tag(tag.text)
            for inner in entries.values():
                yield from _tags(inner)
        case Sequence(items):
            for inner in items:
                yield from _tags(inner)


def _long_unreviewed(file: PolicyFile, today: date) -> Iterator[Remark]:
    if today - file.reviewed_on > LAST_REVIEW_MAY_BE:
        on = file.reviewed_on
        yield Remark(
            file.id,
            file.header["reviewed_on"].place,
            Wording(
                f"上次核对在{on}，已超过一年：请对照依据重新核对，并更新 reviewed_on。",
                f"last compared with its authorities on {on}, more than a year ago: compare again, and say so.",
            ),
        )


def _words_and_signs(file: PolicyFile, rule: Mapping) -> Iterator[Remark]:
    """以上 beside `>` and 不满 beside `<=` are likely slips; an instrument that means it so is quoted in a note."""
    when, said = rule.entries.get("when"), "".join(_words(rule))
    if "note" in rule.entries or not isinstance(when, Scalar):
        return
    signs = set(_strictness(parse(when.text, when.origin)))
    includes, excludes = INCLUDES.findall(said), EXCLUDES.findall(said)
    if signs == {True} and includes and not excludes:
        yield _remark(file, when, includes[0], Wording("包含本数", "includes its number"))
    if signs == {False} and excludes and not includes:
        yield _remark(file, when, excludes[0], Wording("不包含本数", "does not include its number"))


def _remark(file: PolicyFile, when: Scalar, word: str, means: Wording) -> Remark:
    return Remark(
        file.id,
        when.place,
        Wording(
            f"文字为“{word}”（{means.zh}，民法典第一千二百五十九条），而条件的比较符号相反：请改正，或以 note 说明。",
            f"the words say {word}, which {means.en}, and the comparison does otherwise: correct it, or add a note.",
        ),
    )


def _words(rule: Mapping) -> Iterator[str]:
    """The law's own words where the file keeps a few of them, else the reason."""
    words, reason = rule.entries.get("words"), rule.entries.get("reason")
    if isinstance(words, Scalar):
        yield words.text
    elif isinstance(reason, Mapping) and isinstance(zh := reason.entries.get("zh"), Scalar):
        yield zh.text


def _strictness(node: Expr, *, negated: bool = False) -> Iterator[bool]:
    match node:
        case Compare(sign) if sign in STRICT:
            yield STRICT[sign] is not negated
        case Not(part):
            yield from _strictness(part, negated=not negated)
        case _:
            for inner in children(node):
                yield from _strictness(inner, negated=negated)
