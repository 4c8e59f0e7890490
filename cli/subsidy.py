"""`yizhan subsidy`: subsidies, from the application on; acts on a case are `yizhan case do`, as for every case."""

import typer

from cli import subsidy_apply

app = typer.Typer(rich_markup_mode=None)

app.command("apply", **subsidy_apply.HELP_APPLY)(subsidy_apply.apply)
app.command("list", **subsidy_apply.HELP_LIST)(subsidy_apply.list_subsidies)
app.command("show", **subsidy_apply.HELP_SHOW)(subsidy_apply.show)
