"""Fetch lists from their publishers and take each into force; one that fails does not hold up the others."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import msgspec

from sekisho.feeds.fetching import Bounds, fetch, file_name
from sekisho.feeds.importing import Imported, Order, import_files, record_refusal
from sekisho.feeds.lists import dates
from sekisho.feeds.lists.opening import Limits, Progress
from sekisho.feeds.publishers import Publisher, publishers
from sekisho.model.problem import BadInput, Problem


@dataclass(frozen=True, slots=True)
class Updated:
    """What became of one list: ``imported``, or the ``problems`` for which the former snapshot stays in force."""

    list: str
    imported: Imported | None = None
    problems: tuple[Problem, ...] = ()


def chosen(names: Sequence[str], home: Path, *, elsewhere: bool = False) -> list[Publisher]:
    """Give the lists to update: those named, or all that can be fetched and are not optional.

    With ``elsewhere`` the operator names the address, so a list without one of its own will do.
    """
    known = publishers(home)
    if not names:
        return [one for one in known.values() if not one.manual and not one.optional]
    problems = []
    for name in names:
        if name not in known:
            hint = f"known are {', '.join(known)}"
            problems.append(Problem("list.unknown", name, "no publisher of such a list is known", hint))
        elif not elsewhere and not known[name].addresses:
            hint = f"prepare the file from {known[name].page or 'the publisher'} and use `sekisho lists import`"
            problems.append(Problem("list.manual", name, "this list has no file that can be fetched", hint))
    if problems:
        raise BadInput(problems)
    return [known[name] for name in dict.fromkeys(names)]


def update(
    wanted: Sequence[Publisher],
    home: Path,
    now: Callable[[], datetime],
    *,
    bounds: Bounds | None = None,
    address: str = "",
    progress: Callable[[str], Progress] | None = None,
) -> list[Updated]:
    """Fetch and import each list; ``address`` fetches the only list wanted from elsewhere (a mirror).

    ``progress`` gives, for what is being done, a function that is told bytes done and bytes in all.
    """
    return [_update_one(one, home, now, bounds or Bounds(), address, progress) for one in wanted]


def _update_one(
    one: Publisher,
    home: Path,
    now: Callable[[], datetime],
    bounds: Bounds,
    address: str,
    progress: Callable[[str], Progress] | None,
) -> Updated:
    moment = now()
    addresses = (address,) if address else one.addresses
    order = Order(one.format, (), home, moment, list_id=one.id, address=" ".join(addresses))
    try:
        day = _newest_day(one, bounds) if one.day_address and not address else None
        addresses = tuple(text.replace("{day}", day.isoformat() if day else "") for text in addresses)
        with tempfile.TemporaryDirectory(prefix="sekisho-") as folder:
            paths = [
                _fetch(text, Path(folder), number, bounds, one.id, progress) for number, text in enumerate(addresses)
            ]
            order = Order(
                one.format,
                tuple(paths),
                home,
                now(),
                list_id=one.id,
                as_of=day,
                address=" ".join(addresses),
                limits=Limits(received=bounds.size),
                progress=progress(f"{one.id}: reading") if progress is not None else None,
            )
            return Updated(one.id, import_files(order))
    except BadInput as error:
        if not order.paths:  # the import itself has remembered its refusal already
            record_refusal(order, one.id, list(error.problems))
        return Updated(one.id, None, error.problems)


def _fetch(
    address: str,
    folder: Path,
    number: int,
    bounds: Bounds,
    list_id: str,
    progress: Callable[[str], Progress] | None,
) -> Path:
    place = folder / str(number)
    place.mkdir()
    path = place / file_name(address)
    with path.open("w+b") as stream:
        told = progress(f"{list_id}: fetching {path.name}") if progress is not None else None
        fetch(address, stream, bounds=bounds, progress=told)
    return path


class _Title(msgspec.Struct):
    number: int
    up_to_date_as_of: str = ""


class _Titles(msgspec.Struct):
    titles: list[_Title]


def _newest_day(one: Publisher, bounds: Bounds) -> date:
    """Ask the eCFR which day its newest edition is of."""
    with tempfile.TemporaryFile() as stream:
        fetch(one.day_address, stream, bounds=bounds)
        stream.seek(0)
        content = stream.read(8 << 20)
    try:
        titles = msgspec.json.decode(content, type=_Titles).titles
    except msgspec.DecodeError as error:
        raise BadInput([Problem("list.day", one.day_address, f"the newest day cannot be read: {error}")]) from None
    told = [dates.day(title.up_to_date_as_of) for title in titles if title.number == one.day_title]
    if not told or told[0] is None:
        says = f"no newest day of title {one.day_title} is told"
        raise BadInput([Problem("list.day", one.day_address, says)])
    return told[0]
