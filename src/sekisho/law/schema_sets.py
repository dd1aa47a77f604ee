"""Sources, places, parts of the lists and tariff scopes: rows to values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sekisho.law.pack import ListEntry, Source
from sekisho.law.schema_build import Build, RawPack, RawTable, Row, near
from sekisho.law.sets import EntrySet, PlaceSet, PlaceSpan, TariffScope
from sekisho.law.snapshots import Snapshot
from sekisho.model.certainty import CERTAINTIES
from sekisho.model.period import Period

SOURCE_KEYS = frozenset({"id", "short", "title", "kind", "as_of", "read", "address", "text_id", "note"})
PLACE_SET_KEYS = frozenset({"id", "says", "span", "union", "minus_sets", "minus", "bind"})
SPAN_KEYS = frozenset({"from", "repealed", "members", "cite", "certainty", "snapshot", "group", "plus", "minus"})
ENTRY_SET_KEYS = frozenset({"id", "says", "members", "minus", "form", "from_list", "where", "bind"})
SCOPE_KEYS = frozenset({"id", "says", "include", "exclude", "partly", "from_list", "where", "bind"})

Lists = Mapping[str, Mapping[str, ListEntry]]


def make_source(build: Build, table: RawTable) -> Source:
    """Make a source. ``read`` is the day on which this edition was found to be the one in force."""
    row = table.row
    build.keys(table, row, SOURCE_KEYS)
    return Source(
        row["id"],
        build.text(table, "title"),
        str(row.get("kind", "")),
        build.day(table, row, "as_of"),
        str(row.get("address", "")),
        str(row.get("text_id", "")),
        str(row.get("note", "")),
        build.text(table, "short", required=False),
        build.day(table, row, "read"),
        table.where,
    )


def make_place_set(
    build: Build, table: RawTable, sources: Mapping[str, Source], snapshots: Mapping[str, Snapshot]
) -> PlaceSet:
    """Make a place set with its history; a span may take its members from a row of a snapshot."""
    build.keys(table, table.row, PLACE_SET_KEYS)
    spans: list[PlaceSpan] = []
    for row in build.rows(table, "span"):
        build.keys(table, row, SPAN_KEYS)
        start = build.day(table, row, "from", required=True) or date.min
        members = _snapshot_places(build, table, row, snapshots) if "snapshot" in row else row.get("members")
        if not isinstance(members, list) or not all(isinstance(one, str) for one in members):
            build.wrong(
                "place-members", table.where, "'members' is missing or no list", 'write members = ["AR", ...], or []'
            )
            members = []
        spans.append(
            PlaceSpan(
                Period(start, build.day(table, row, "repealed")),
                frozenset(members),
                build.cite(table, row, sources),
                build.certainty(table, row),
            )
        )
    if not spans and "union" not in table.row:
        build.wrong("place-set", table.where, "the set has no span", "give [[place_set.span]] with from and members")
    spans.sort(key=lambda span: span.period.start)
    return PlaceSet(table.row["id"], build.text(table, "says"), tuple(spans), build.bindings(table), table.where)


def _snapshot_places(build: Build, table: RawTable, row: Row, snapshots: Mapping[str, Snapshot]) -> list[str]:
    """The places of the snapshot row that ``group`` names, with ``plus`` and without ``minus``; ``*`` is every row."""
    name, group = row["snapshot"], row.get("group")
    if name not in snapshots:
        build.wrong("snapshot-unknown", table.where, f"no snapshot '{name}'", near(name, snapshots))
        return []
    found = [one for one in snapshots[name].rows if group in ("*", one.get("group"))]
    if not found:
        build.wrong("snapshot-row", table.where, f"snapshot '{name}' has no row '{group}'")
    members = frozenset(place for one in found for place in one.get("places", ()) or [one["place"]])
    return sorted((members | frozenset(row.get("plus", ()))) - frozenset(row.get("minus", ())))


def combine_places(build: Build, raw: RawPack, places: dict[str, PlaceSet]) -> None:
    """Add the sets that are written as ``union`` and ``minus`` of others."""
    for table in raw.tables.get("place_set", []):
        names, less_names = build.words(table, "union"), build.words(table, "minus_sets")
        if "union" not in table.row or table.row.get("id") not in places:
            continue
        missing = [name for name in (*names, *less_names) if name not in places or not places[name].spans]
        for name in missing:
            hint = near(name, places) or "write the sets that it is made of above it"
            build.wrong("place-set", table.where, f"'{name}' is no set with spans", hint)
        if missing or not names:
            continue
        own = places[table.row["id"]]
        parts, less = [places[name] for name in names], [places[name] for name in less_names]
        spans = _combined(parts, less, frozenset(build.words(table, "minus")))
        places[own.id] = PlaceSet(own.id, own.says, spans, own.bindings, own.where, (*names, *less_names))


def _combined(parts: list[PlaceSet], less: list[PlaceSet], minus: frozenset[str]) -> tuple[PlaceSpan, ...]:
    periods = [span.period for part in (*parts, *less) for span in part.spans]
    days = sorted({day for period in periods for day in (period.start, period.end) if day is not None})
    spans = []
    for number, day in enumerate(days):
        here = [part.on(day) for part in parts]
        known = [span for span in here if span is not None]
        gone = [span for span in (part.on(day) for part in less) if span is not None]
        if len(known) < len(parts) or len(gone) < len(less):
            continue  # a day on which one part is not known is a day on which the whole is not known
        members = frozenset().union(*(span.members for span in known)) - minus
        for span in gone:
            members -= span.members
        end = days[number + 1] if number + 1 < len(days) else None
        worst = max((span.certainty for span in (*known, *gone)), key=CERTAINTIES.index)
        spans.append(PlaceSpan(Period(day, end), members, known[0].cite, worst))
    return tuple(spans)


def _chosen(build: Build, table: RawTable, lists: Lists) -> list[ListEntry]:
    """The rows of ``from_list`` whose columns agree with ``where``."""
    name, where = table.row.get("from_list"), table.row.get("where", {})
    if name is None:
        return []
    if name not in lists:
        build.wrong("set-list", table.where, f"list '{name}' does not exist", near(name, lists))
        return []
    return [
        entry for entry in lists[name].values() if all(entry.details.get(key) == value for key, value in where.items())
    ]


def make_entry_set(build: Build, table: RawTable, lists: Lists) -> EntrySet:
    """Make a part of a control list."""
    build.keys(table, table.row, ENTRY_SET_KEYS)
    members = frozenset(build.words(table, "members")) | {entry.path for entry in _chosen(build, table, lists)}
    form = build.form(table, "form")
    if not members and form is None:
        build.wrong("entry-set", table.where, "the set is empty", "give members, form, or from_list with where")
    minus = frozenset(build.words(table, "minus"))
    return EntrySet(
        table.row["id"], build.text(table, "says"), members, build.bindings(table), table.where, minus, form
    )


def make_scope(build: Build, table: RawTable, lists: Lists) -> TariffScope:
    """Make a tariff scope."""
    build.keys(table, table.row, SCOPE_KEYS)
    listed = [code for entry in _chosen(build, table, lists) for code in entry.details.get("hs", ())]
    written = {key: list(build.words(table, key)) for key in ("include", "exclude", "partly")}
    written["include"] += listed
    lines = {key: tuple(dict.fromkeys(str(code).replace(".", "") for code in codes)) for key, codes in written.items()}
    if not lines["include"] and not lines["partly"]:
        build.wrong("scope-set", table.where, "the scope is empty", "give include or partly, or from_list with where")
    for key, codes in lines.items():
        for code in codes:
            if not code.isdigit() or len(code) not in (2, 4, 6):
                build.wrong("scope-code", table.where, f"'{code}' in '{key}' is no HS code", "two, four or six digits")
    return TariffScope(
        table.row["id"], build.text(table, "says"), **lines, bindings=build.bindings(table), where=table.where
    )


def make_lists(build: Build, raw: RawPack) -> dict[str, dict[str, ListEntry]]:
    """Make the control lists out of their rows."""
    lists: dict[str, dict[str, ListEntry]] = {}
    for table in raw.tables.get("entry", []):
        row = table.row
        name, path = row.get("list"), row.get("path")
        if not isinstance(name, str) or not name:
            build.wrong(
                "entry-list", table.where, "the row belongs to no list", 'write list = "..." at the file\'s head'
            )
            continue
        if not isinstance(path, str) or not path:
            build.wrong("entry-path", table.where, "'path' is missing", 'write path = "6(2)"')
            continue
        if path in lists.setdefault(name, {}):
            build.wrong("law-twice", table.where, f"path '{path}' is there twice in {name}", "give each row once")
        says = {lang: str(row.get(lang, "")) for lang in ("en", "ja")}
        if not all(says.values()):
            build.wrong("law-language", table.where, "the heading lacks a language", "give both en and ja")
        own = {"list", "path", "en", "ja", "certainty", "from", "repealed"}
        lists[name][path] = ListEntry(
            name,
            path,
            says,
            build.certainty(table, row),
            {key: value for key, value in row.items() if key not in own},
            build.day(table, row, "from"),
            build.day(table, row, "repealed"),
            table.where,
        )
    return lists
