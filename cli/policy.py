"""`yizhan policy`: are the policies well formed, do their examples come out, and why did one come out as it did."""

import typer

from cli import policy_check, policy_explain, policy_test

app = typer.Typer(rich_markup_mode=None)

app.command("check", **policy_check.HELP)(policy_check.check_policies)
app.command("test", **policy_test.HELP)(policy_test.run_the_examples)
app.command("explain", **policy_explain.HELP)(policy_explain.explain_one)
