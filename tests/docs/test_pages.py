"""Pages that are made from the catalogue are as the catalogue is now."""

import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_table_of_keys_is_current() -> None:
    command = [sys.executable, "-m", "sekisho", "facts", "--law", "jp", "--markdown"]
    made = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()
    page = (DOCS / "transfer-file.md").read_text(encoding="utf-8")
    written = page[page.index("| key | type |") :].strip()
    assert written == made, "write the page again: sekisho facts --law jp --markdown"
