"""Lets the tests of screening import their small lists."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
