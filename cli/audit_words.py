"""Replayed determinations as lines of text."""

from collections.abc import Iterator, Mapping

from activities.replaying import Came, Replayed, Today
from cases.wording import Language
from cli.policy_words import said
from rules.comparing_text import CAUSES, clause_name, clause_words


def replayed_lines(each: Replayed, language: Language) -> Iterator[str]:
    """The determination, how it came out, and under it each difference."""
    kept = each.kept
    told = each.came.label.within(language)
    if each.erased:
        told = each.erased.wording.within(language)
    yield f"{kept.case_id} {kept.id} · {kept.version} · {told}"
    yield from (f"    {difference}" for difference in each.differences)
    if each.today:
        yield from _today(each.today, language)


def _today(today: Today, language: Language) -> Iterator[str]:
    if today.comparison is None:
        why = today.why_not.within(language) if today.why_not else ""
        yield "    " + said(language, f"按现行政策：{why}", f"Under today's policy: {why}")
        return
    comparison = today.comparison
    then, now = (side.conclusion.label.within(language) for side in (comparison.first, comparison.second))
    zh, en = f"按现行政策（{today.version}）：{then} → {now}", f"Under today's policy ({today.version}): {then} → {now}"
    yield f"    {said(language, zh, en)} · {CAUSES[comparison.cause].within(language)}"
    for rule in comparison.rules:
        yield f"        {rule.rule}: {rule.first or '—'} → {rule.second or '—'}"
    for law in comparison.law:
        if law.changed_the_outcome:
            was, now = (clause_words(said_then).within(language) for said_then in (law.first, law.second))
            yield f"        {clause_name(law).within(language)}: {was} → {now}"


def summary_lines(counts: Mapping[Came, int], drawn_from: int | None, language: Language) -> Iterator[str]:
    total = sum(counts.values())
    of = "" if drawn_from is None else said(language, f"（从{drawn_from}件中抽取）", f", drawn of {drawn_from}")
    yield said(language, f"共重放{total}件认定{of}", f"Determinations replayed: {total}{of}")
    for came in Came:
        if counts.get(came):
            yield f"  {came.label.within(language)}: {counts[came]}"
