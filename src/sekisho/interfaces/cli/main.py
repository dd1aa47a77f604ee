"""The command line: each command lives in a module of its own and is imported only when it is called."""

from __future__ import annotations

import sys
from importlib import import_module

# command -> (module, one line of help); the module has a typer application called ``app``.
COMMANDS: dict[str, tuple[str, str]] = {
    "classify": (
        "sekisho.interfaces.cli.classify",
        "is an item on a control list, by which words, or what is left to ask",
    ),
    "decide": ("sekisho.interfaces.cli.decide", "decide one transfer and say why"),
    "decide-many": ("sekisho.interfaces.cli.decide_many", "decide a whole table of transfers"),
    "impact": ("sekisho.interfaces.cli.impact", "which decisions a change of law alters"),
    "entry": ("sekisho.interfaces.cli.entry", "show one entry of a control list, with its counterparts elsewhere"),
    "entry review": ("sekisho.interfaces.cli.entry_review", "sign that an entry's conditions say what its text says"),
    "facts": ("sekisho.interfaces.cli.facts", "what a transfer file may state"),
    "law": ("sekisho.interfaces.cli.law", "check, read, compare and try the law of the packs"),
    "lists": ("sekisho.interfaces.cli.lists", "published lists of parties: fetch, read in, compare"),
    "outreach": ("sekisho.interfaces.cli.outreach", "assess countries and order them by priority"),
    "screen": ("sekisho.interfaces.cli.screen", "who on the lists may this party be, and why"),
    "judge": ("sekisho.interfaces.cli.judge", "settle a hit: confirmed, cleared or unsure, and why"),
    "rescreen": ("sekisho.interfaces.cli.rescreen", "screen again what a change can touch, and acknowledge outcomes"),
    "replay": ("sekisho.interfaces.cli.replay", "decide a stored answer again and compare"),
}


def run() -> None:
    """Dispatch to one command; without one, or with ``--help``, list them."""
    words = sys.argv[1:]
    for count in (2, 1):  # "entry review" is a command of its own beside "entry"
        name = " ".join(words[:count])
        if len(words) >= count and name in COMMANDS:
            sys.argv = [f"sekisho {name}", *words[count:]]
            import_module(COMMANDS[name][0]).app(prog_name=f"sekisho {name}")
            return
    if words and words[0] in {"--version", "-V"}:
        from sekisho import __version__

        print(f"sekisho {__version__}")
        return
    asked_help = not words or words[0] in {"--help", "-h", "help"}
    out = sys.stdout if asked_help else sys.stderr
    if not asked_help:
        from difflib import get_close_matches

        near = get_close_matches(words[0], COMMANDS, n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        print(f"sekisho: there is no command '{words[0]}'.{hint}", file=out)
    print("Usage: sekisho COMMAND [OPTIONS]\n\nCommands:", file=out)
    width = max((len(name) for name in COMMANDS), default=0)
    for name, (_, says) in COMMANDS.items():
        print(f"  {name:<{width}}  {says}", file=out)
    print("\nEach command takes --help, and --json where it answers.", file=out)
    raise SystemExit(0 if asked_help else 2)
