"""`yizhan policy`: the law as files, from a draft that is checked to one that a second person has published."""

import typer

from cli import (
    policy_analyse,
    policy_check,
    policy_cohort,
    policy_diff,
    policy_explain,
    policy_list,
    policy_propose,
    policy_publish,
    policy_simulate,
    policy_snapshot,
    policy_test,
    policy_try,
)

app = typer.Typer(rich_markup_mode=None)

app.command("check", **policy_check.HELP)(policy_check.check_policies)
app.command("test", **policy_test.HELP)(policy_test.run_the_examples)
app.command("analyse", **policy_analyse.HELP)(policy_analyse.analyse)
app.command("explain", **policy_explain.HELP)(policy_explain.explain_one)
app.command("diff", **policy_diff.HELP)(policy_diff.diff)
app.command("propose", **policy_propose.HELP)(policy_propose.propose)
app.command("try", **policy_try.HELP)(policy_try.try_proposal)
app.command("cohort", **policy_cohort.HELP)(policy_cohort.cohort)
app.command("follow-up", **policy_cohort.HELP_FOLLOW)(policy_cohort.follow_up)
app.command("snapshot", **policy_snapshot.HELP)(policy_snapshot.snapshot)
app.command("simulate", **policy_simulate.HELP)(policy_simulate.simulate)
app.command("simulation", **policy_simulate.HELP_SHOW)(policy_simulate.show)
app.command("publish", **policy_publish.HELP)(policy_publish.publish)
app.command("withdraw", **policy_publish.HELP_WITHDRAW)(policy_publish.withdraw)
app.command("list", **policy_list.HELP)(policy_list.list_proposals)
app.command("show", **policy_list.HELP_SHOW)(policy_list.show)
