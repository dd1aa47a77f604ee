"""``python -m sekisho``."""

from sekisho.interfaces.cli.main import run

run()
