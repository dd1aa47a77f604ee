"""``sekisho law``: check law that is written as data, read it in words, compare it, try its cases."""

from __future__ import annotations

import typer

from sekisho.interfaces.cli.law_check import law_check
from sekisho.interfaces.cli.law_diff import law_diff
from sekisho.interfaces.cli.law_show import law_show
from sekisho.interfaces.cli.law_test import law_test

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Check, read, compare and try the law of the packs.")
app.command("check")(law_check)
app.command("show")(law_show)
app.command("diff")(law_diff)
app.command("test")(law_test)
