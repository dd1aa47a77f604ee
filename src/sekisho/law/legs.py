"""The movements of a transfer: each leg is decided on its own, with its own place of leaving and destination.

A leg is one movement in law, from the place it leaves to the place for which it is destined; places only passed are
its ``via``. A transfer that states no legs is one leg itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sekisho.model.transfer import Facts, Transfer, Value

ROUTE = ("from", "to", "via", "act")
ON_THE_WAY = ("mode", "days", "free_zone")


def legs_of(transfer: Transfer) -> Sequence[Facts]:
    """The legs as ``from``, ``to``, ``via`` and the rest, by the bare keys."""
    rows = transfer.facts.get("legs")
    if isinstance(rows, tuple) and rows:
        return [{key.removeprefix("legs."): value for key, value in row.items()} for row in rows]
    return [{key: transfer.facts[key] for key in ROUTE if key in transfer.facts}]


def on_leg(transfer: Transfer, number: int) -> Transfer:
    """Give the transfer as leg ``number`` sees it: the route of the leg, and ``leg.mode``, ``leg.days`` and so on.

    The act of a leg that states none is the transfer's where the leg leaves the transfer's own place, and a re-export
    after that.
    """
    rows = transfer.facts.get("legs")
    if not isinstance(rows, tuple) or not rows:
        return transfer
    leg = legs_of(transfer)[number]
    facts: dict[str, Value] = {key: value for key, value in transfer.facts.items() if key not in (*ROUTE, "legs")}
    facts.update({key: leg[key] for key in ROUTE if key in leg})
    facts.update({f"leg.{key}": leg[key] for key in ON_THE_WAY if key in leg})
    if "act" not in leg:
        begins = leg.get("from") == transfer.facts.get("from")
        facts["act"] = transfer.facts.get("act") if begins else "reexport"
    return replace(transfer, facts=facts)
