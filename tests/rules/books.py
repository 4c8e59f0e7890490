"""Small books of policies, written as a policy officer would write them."""

from textwrap import dedent

from rules.loading import load
from rules.policies import PolicyBook

FACTS = """
kind: facts
facts:
  applied_on: {type: day, label: {zh: 申请, en: Applied}, asked_of: record, moves: yes}
  born_on: {type: day, min: 1920-01-01, label: {zh: 出生, en: Born}, asked_of: record}
  sex: {type: enum, members: [female, male], label: {zh: 性别, en: Sex}, asked_of: record}
  waited: {type: number, unit: day, min: 0, max: 40000, label: {zh: 待工, en: Waited}}
  paid: {type: number, unit: fen, min: 0, max: 100000000, label: {zh: 缴费, en: Paid}}
  disabled: {type: bool, label: {zh: 残疾, en: Disabled}}
  poor: {type: bool, label: {zh: 困难, en: Poor}, asked_of: officer}
  insured: {type: number, unit: month, min: 0, max: 600, label: {zh: 月数, en: Months}}
  firm: {type: ref, label: {zh: 单位, en: Firm}}
  started: {type: month, label: {zh: 起始月, en: First month}}
  unemployed:
    type: list
    most: 10
    label: {zh: 失业, en: Unemployed}
    fields:
      from_day: {type: day, label: {zh: 自, en: From}}
      until: {type: day, label: {zh: 至, en: Until}, asked_of: record}
      good: {type: bool, label: {zh: 正当, en: With cause}}
"""

HEAD = """
id: {id}
title: {{zh: 示例, en: Example}}
kind: {kind}
jurisdiction: {place}
selected_by: applied_on
reviewed_on: 2026-11-23
"""


def a_policy(versions: str, *, id: str = "example", place: str = "cn", kind: str = "classification") -> str:  # noqa: A002 - as the file says it
    return HEAD.format(id=id, place=place, kind=kind) + "versions:\n" + indented(versions, 2)


def rule(id_: str, when: str, role: str = "ground", more: str = "") -> str:
    """One rule, indented as it stands below `rules:`."""
    body = f"""
    {id_}:
      role: {role}
      when: "{when}"
      reason: {{zh: "{id_}", en: "{id_}"}}
      authority: 第{id_}条
      tag: T
      {more}
    """
    return dedent(body).strip()


def a_book(*policies: str, calendar_hash: str = "") -> PolicyBook:
    documents = [load(FACTS, "facts.yaml")]
    documents += [load(text, f"p{place}.yaml") for place, text in enumerate(policies, 1)]
    return PolicyBook.of(*documents, calendar_hash=calendar_hash)


def indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line if line.strip() else line for line in dedent(text).strip().splitlines()) + "\n"
