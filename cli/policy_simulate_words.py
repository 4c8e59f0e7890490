"""A simulation as lines of text: who gains, who loses, by category, and what it costs."""

import sys
from collections.abc import Callable, Iterator, Mapping

import typer

from activities.simulation_report import Report
from activities.snapshot_file import EMPLOYERS
from cases.wording import Language, Wording
from cli.policy_words import said
from rules.schema import Fact
from rules.simulated_effects import Dimension, Effect, Likeness
from rules.simulated_protection import FEWEST, ShownEffects, ShownRow
from rules.simulated_words import FEW, WITHHELD, category, count, fact_words, money

Progress = Callable[[int, int], None]


def progress_on_a_terminal(*, quiet: bool = False) -> Progress:
    """Where somebody waits."""

    def tell(done: int, of: int) -> None:
        if not quiet and sys.stderr.isatty():
            typer.echo(f"\r{done}/{of}", err=True, nl=done >= of)

    return tell


def report_lines(
    simulation_id: str, report: Report, shown: ShownEffects, facts: Mapping[str, Fact], language: Language
) -> Iterator[str]:
    yield from _head(simulation_id, report, shown, language)
    for effect in Effect:
        figure = shown.effects[effect]
        if figure.value != 0:
            yield f"  {effect.label.within(language)}: {count(figure)}"
    if shown.with_amounts:
        sums = [money(each) for each in (shown.before_fen, shown.after_fen, shown.difference_fen)]
        zh = f"金额 {sums[0]} → {sums[1]} 元，差 {sums[2]} 元；按各人一次申领计，政策没有写明周期"
        en = (
            f"amounts {sums[0]} → {sums[1]} yuan, difference {sums[2]}: of one application each, as no period is stated"
        )
        yield said(language, zh, en)
        if shown.amounts_open.value != 0:
            open_ = count(shown.amounts_open)
            yield said(language, f"  金额不明：{open_}", f"  amount not known: {open_}")
    for breakdown in shown.by:
        if rows := [row for row in breakdown.rows if any(_tells(row, effect) for effect in Effect)]:
            by = breakdown.dimension.label
            yield said(language, f"按{by.zh}：", f"by {by.en}:")
            yield from (f"  {_row(breakdown.dimension, row, shown, language)}" for row in rows)
    for rule, before, after, figure in shown.rules:
        yield f"{rule}: {before} → {after}: {count(figure)}"
    yield from _alike(report.effects.alike, facts, language)
    yield from _notes(report, shown, language)


def _head(simulation_id: str, report: Report, shown: ShownEffects, language: Language) -> Iterator[str]:
    change = report.change
    zh = f"{change['set']}改为{change['value']}" if "set" in change else f"草稿 {change['text'][:12]}"
    en = f"{change['set']} becomes {change['value']}" if "set" in change else f"draft {change['text'][:12]}"
    yield f"{simulation_id} · {report.policy} · {report.jurisdiction} · {said(language, zh, en)}"
    of = Wording("用工主体", "employers") if report.of == EMPLOYERS else Wording("零工", "workers")
    people = count(shown.people)
    yield said(
        language,
        f"{report.snapshot_day}的人口快照（{report.snapshot_hash[:12]}），{of.zh}{people}，都按当天申请计；"
        f"{report.compared}人由另一套程序核对，一致",
        f"snapshot of {report.snapshot_day} ({report.snapshot_hash[:12]}), {people} {of.en}, as if all applied that "
        f"day; {report.compared} were decided by a second program too, which agreed",
    )


def _row(dimension: Dimension, row: ShownRow, shown: ShownEffects, language: Language) -> str:
    parts = [f"{e.label.within(language)} {count(row.effects[e])}" for e in Effect if _tells(row, e)]
    if shown.with_amounts and row.difference_fen.value != 0:
        parts.append(said(language, f"差 {money(row.difference_fen)} 元", f"{money(row.difference_fen)} yuan"))
    return f"{category(dimension, row.key).within(language)}: {', '.join(parts)}"


def _tells(row: ShownRow, effect: Effect) -> bool:
    return effect is not Effect.SAME and row.effects[effect].value != 0


def _alike(alike: tuple[Likeness, ...], facts: Mapping[str, Fact], language: Language) -> Iterator[str]:
    for each in alike:
        shared = ", ".join(fact_words(name, said_, facts).within(language) for name, said_ in each.facts)
        effect = each.effect.label.within(language)
        zh, en = f"例如（至少{FEWEST}人）{effect}：", f"such as (at least {FEWEST} people) {effect}: "
        yield said(language, zh, en) + shared


def _notes(report: Report, shown: ShownEffects, language: Language) -> Iterator[str]:
    if report.not_kept:
        names = ", ".join(report.not_kept)
        yield said(language, f"登记中没有任何人的：{names}", f"of nobody known: {names}")
    if report.ungoverned:
        zh, en = "所在地两种规定都不适用", "live where neither law holds"
        few = FEW if 0 < report.ungoverned < FEWEST else str(report.ungoverned)
        yield said(language, f"{few}人{zh}", f"{few} {en}")
    if not shown.exact:
        yield said(
            language,
            f"少于{FEWEST}人的数字写作{FEW}；{WITHHELD}是为不泄露它而不显示的数字。",
            f"Figures below {FEWEST} read {FEW}; {WITHHELD} stands for one that would give such a figure away.",
        )
