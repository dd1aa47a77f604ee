"""Sekisho: an open export-control system.

The package has a pure core (``model``, ``law`` and the rooms beside it), use cases in ``app`` and thin
doors in ``interfaces``. ARCHITECTURE.md tells the one rule: imports point downward.
"""

__version__ = "0.1.0"
