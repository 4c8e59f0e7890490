"""`yizhan audit`: what an auditor does at a terminal: make decisions again, take a packet along, check it elsewhere."""

import typer

from cli import audit_log, audit_packet, audit_replay, audit_verifier

app = typer.Typer(rich_markup_mode=None)

app.command("replay", **audit_replay.HELP)(audit_replay.replay)
app.command("packet", **audit_packet.HELP)(audit_packet.packet)
app.command("verifier", **audit_verifier.HELP)(audit_verifier.write_verifier)
app.add_typer(audit_log.app, name="log", no_args_is_help=True, **audit_log.HELP)
