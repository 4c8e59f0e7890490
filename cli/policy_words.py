"""Proposals, differences and trials of policies as lines of text."""

from collections.abc import Iterator, Mapping
from typing import Any

from activities.deciding_again import UNTRIED
from activities.throw_away import Ending
from activities.trying import Trial
from cases.money import in_figures
from cases.wording import Language
from rules.differences import Differences
from store.policy_proposals import Proposal


def said(language: Language, zh: str, en: str) -> str:
    return zh if language is Language.ZH else en


def proposal_line(proposal: Proposal, language: Language) -> str:
    state = proposal.state.label.within(language)
    number = f" #{proposal.publication.number}" if proposal.publication else ""
    return f"{proposal.id} · {state}{number} · {', '.join(proposal.files)} · {proposal.proposed_by} · {proposal.why}"


def proposal_lines(proposal: Proposal, language: Language) -> Iterator[str]:
    yield proposal_line(proposal, language)
    yield f"SHA-256 {proposal.sha256}"
    if published := proposal.publication:
        zh = f"{published.published_by} 于{published.published_at:%Y-%m-%d}发布，自{published.in_use_from}起使用"
        en = f"published by {published.published_by}, in use from {published.in_use_from}"
        yield said(language, f"{zh}：{published.why}", f"{en}: {published.why}")
    if withdrawn := proposal.withdrawal:
        zh, en = f"{withdrawn.withdrawn_by} 撤回", f"withdrawn by {withdrawn.withdrawn_by}"
        yield said(language, f"{zh}：{withdrawn.why}", f"{en}: {withdrawn.why}")


def report_lines(report: Mapping[str, Any], language: Language) -> Iterator[str]:
    """How the examples came out."""
    for each in report["failed"]:
        for problem in each["problems"]:
            yield f"{each['jurisdiction']}/{each['policy']}.yaml:{each['line']} · {each['name']}: {problem}"
    ran, failed = report["run"], len(report["failed"])
    yield said(language, f"运行了{ran}个示例，{failed}个未通过", f"{ran} examples were run, {failed} failed")
    if not report["all_run"]:
        ending = Ending(report["ended"]).label
        last = report["last"] or "—"
        zh = f"没有全部运行：进程{ending.zh}；最后完成的是“{last}”"
        yield said(language, zh, f"not all were run: the process {ending.en}; the last that was done is '{last}'")


def difference_lines(found: Differences, language: Language) -> Iterator[str]:
    for file in found.files:
        yield file.file
        for change in file.changes:
            yield f"  {change.wording.within(language)}"
        if not file.changes:
            yield said(language, "  没有区别", "  nothing differs")
        if file.layers:
            layers = ", ".join(file.layers)
            yield said(language, f"以此为基础的地方文件：{layers}", f"files of places that build upon it: {layers}")
    for each in found.resolved:
        was, now = each.before[:12] or "—", each.after[:12] or "—"
        zh = f"{each.jurisdiction}的{each.policy}自{each.on}起改变：{was} → {now}"
        yield said(language, zh, f"{each.policy} of {each.jurisdiction} changes from {each.on}: {was} → {now}")


def trial_lines(trial: Trial, language: Language) -> Iterator[str]:
    zh = f"以{trial.as_of}施行的版本试算：共{trial.of}件，试了{trial.tried}件，{trial.changed}件结论不同"
    en = f"as if the version of {trial.as_of} were in force: {trial.tried} of {trial.of} tried"
    yield said(language, zh, f"{en}, {trial.changed} come out otherwise")
    for before, after, count in trial.conclusions:
        yield f"  {before.label.within(language)} → {after.label.within(language)}: {count}"
    for rule, was, now, count in trial.by_rule:
        yield f"  {rule}: {was} → {now}: {count}"
    for fact, count in trial.asks:
        yield said(language, f"  新问到{fact}：{count}", f"  asks {fact} anew: {count}")
    for station, count in trial.by_station:
        yield f"  {station or said(language, '其他驿站', 'other stations')}: {count}"
    if trial.amounts_changed:
        was, now = in_figures(trial.amount_before_fen), in_figures(trial.amount_after_fen)
        yield said(language, f"  金额 {was} → {now}", f"  amounts {was} → {now}")
    for why, count in trial.untried.items():
        yield said(language, f"  未试：{UNTRIED[why].zh} {count}", f"  not tried: {UNTRIED[why].en} {count}")
    for changed in trial.cases:
        outcomes = " → ".join(each.label.within(language) for each in (changed.before, changed.after))
        yield f"  {changed.case_id} {changed.policy}: {outcomes}"
