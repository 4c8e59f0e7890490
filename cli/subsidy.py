"""`yizhan subsidy`: subsidies, from the application on; acts on a case are `yizhan case do`, as for every case."""

import typer

from cli import subsidy_apply, subsidy_entitled, subsidy_month, subsidy_papers

app = typer.Typer(rich_markup_mode=None)

app.command("apply", **subsidy_apply.HELP_APPLY)(subsidy_apply.apply)
app.command("list", **subsidy_apply.HELP_LIST)(subsidy_apply.list_subsidies)
app.command("show", **subsidy_apply.HELP_SHOW)(subsidy_apply.show)
app.command("entitled", **subsidy_entitled.HELP)(subsidy_entitled.entitled)
app.command("tell", **subsidy_entitled.HELP_TELL)(subsidy_entitled.tell)
app.command("notice", **subsidy_papers.HELP_NOTICE)(subsidy_papers.notice)
app.command("notices", **subsidy_papers.HELP_NOTICES)(subsidy_papers.notices)
app.command("payee", **subsidy_papers.HELP_PAYEE)(subsidy_papers.payee)
app.command("bank-file", **subsidy_papers.HELP_BANK_FILE)(subsidy_papers.bank_file)
app.command("bank-answers", **subsidy_papers.HELP_BANK_ANSWERS)(subsidy_papers.bank_answers)
app.command("month", **subsidy_month.HELP_MONTH)(subsidy_month.month)
app.command("decide", **subsidy_month.HELP_DECIDE)(subsidy_month.decide)
app.command("accept", **subsidy_month.HELP_ACCEPT)(subsidy_month.accept)
app.command("order", **subsidy_month.HELP_ORDER)(subsidy_month.order)
