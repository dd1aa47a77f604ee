"""Read a file of the user's own parties (CSV, XLSX, Parquet, JSON lines): columns guessed, shown, and corrected by hand.

Rows come in blocks, in the file's order, so that a file of any size needs little memory and a run can be taken up again
at a block. A cell that cannot be read as a date or a type is counted and told, and the field is taken as unknown: that
leaves more hits, never fewer.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sekisho.model.listed import Identifier, PartialDate, PartyType
from sekisho.model.problem import BadInput, Problem
from sekisho.screen.query import Asked

FORMATS = ("csv", "tsv", "xlsx", "parquet", "jsonl", "ndjson")
# field -> column titles that mean it, lower case without spaces and signs
TITLES: dict[str, tuple[str, ...]] = {
    "name": (
        "name", "fullname", "companyname", "company", "customer", "customername", "partyname", "party", "entity",
        "entityname", "legalname", "organisation", "organization", "consignee", "enduser", "supplier", "vendor",
        "氏名", "名称", "会社名", "企業名", "取引先名", "取引先", "顧客名", "需要者", "社名", "相手先",
    ),
    "alias": ("alias", "aliases", "othername", "othernames", "aka", "tradename", "別名", "通称", "英文名", "英語名"),
    "key": ("id", "key", "customerid", "customerno", "no", "number", "code", "partyid", "uid", "顧客番号", "取引先コード", "番号", "コード"),
    "type": ("type", "kind", "partytype", "schema", "entitytype", "種別", "区分"),
    "country": ("country", "countrycode", "countryofresidence", "seat", "flag", "nation", "国", "国名", "所在国", "国コード"),
    "birth": ("birthdate", "dateofbirth", "dob", "birth", "born", "生年月日", "誕生日"),
    "address": ("address", "addr", "postaladdress", "street", "fulladdress", "住所", "所在地"),
    "imo": ("imo", "imonumber", "imono"),
    "passport": ("passport", "passportno", "passportnumber", "旅券番号"),
    "tax": ("tax", "taxid", "vat", "vatid", "inn", "tin"),
    "registration": ("registration", "registrationno", "registrationnumber", "companynumber", "regno", "法人番号", "登記番号"),
    "lei": ("lei",),
    "national-id": ("nationalid", "idnumber", "identitycard"),
}  # fmt: skip
TYPES: dict[str, PartyType] = {
    "person": "person", "individual": "person", "natural": "person", "p": "person", "個人": "person", "人物": "person",
    "organisation": "organisation", "organization": "organisation", "company": "organisation", "entity": "organisation",
    "legalentity": "organisation", "corporate": "organisation", "e": "organisation", "法人": "organisation",
    "企業": "organisation", "団体": "organisation", "vessel": "vessel", "ship": "vessel", "船舶": "vessel",
    "aircraft": "aircraft", "plane": "aircraft", "航空機": "aircraft", "": "unknown", "unknown": "unknown",
}  # fmt: skip
IDENTIFIERS = ("imo", "passport", "tax", "registration", "lei", "national-id")


@dataclass(slots=True)
class PartyFile:
    """An opened file: its columns, what each is taken for, and what could not be read so far."""

    path: Path
    format: str
    columns: tuple[str, ...]
    fields: dict[str, str]  # field -> column
    sha256: str
    rows: int | None
    unread: dict[str, int] = field(default_factory=dict)

    def blocks(self, size: int, skip: int = 0) -> Iterator[tuple[int, list[Asked]]]:
        """Give blocks of ``size`` parties with their number, leaving out the first ``skip`` blocks."""
        place = {name: self.columns.index(column) for name, column in self.fields.items()}
        number = 0
        for rows in _row_blocks(self.path, self.format, size):
            if number >= skip:
                yield number, [self._party(row, place, number * size + at) for at, row in enumerate(rows)]
            number += 1

    def _party(self, row: Sequence[Any], place: dict[str, int], at: int) -> Asked:
        def cell(name: str) -> str:
            value = row[place[name]] if name in place and place[name] < len(row) else None
            return "" if value is None else str(value).strip()

        names = [cell("name"), *re.split(r"[;|]", cell("alias"))]
        births: tuple[PartialDate, ...] = ()
        if text := cell("birth"):
            if (day := partial_date(text)) is None:
                self.unread["birth"] = self.unread.get("birth", 0) + 1
            else:
                births = (day,)
        told = re.sub(r"[^\w]", "", cell("type").lower())
        if told not in TYPES:
            self.unread["type"] = self.unread.get("type", 0) + 1
        countries = tuple(code for part in re.split(r"[;,|/ ]+", cell("country")) if (code := country_code(part)))
        identifiers = tuple(Identifier(kind, cell(kind)) for kind in IDENTIFIERS if cell(kind))
        return Asked(
            names=tuple(dict.fromkeys(name.strip() for name in names if name.strip())),
            type=TYPES.get(told, "unknown"),
            births=births,
            countries=countries,
            addresses=(cell("address"),) if cell("address") else (),
            identifiers=identifiers,
            key=cell("key") or f"row:{at + 1}",
        )


def country_code(text: str) -> str:
    """Give an ISO 3166-1 alpha-2 code in capitals, "" for anything else."""
    return text.upper() if len(text) == 2 and text.isascii() and text.isalpha() else ""


def partial_date(text: str) -> PartialDate | None:
    """Read a day, a month or a year (ISO 8601, or with dots, slashes, no signs), None when it is no date."""
    text = text.strip().split("T")[0].split(" ")[0]
    found = re.fullmatch(r"(\d{4})(?:[-/.]?(\d{1,2}))?(?:[-/.]?(\d{1,2}))?", text)
    year, month, day = found.groups() if found else (None, None, None)
    if year is None:
        found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
        if not found:
            return None
        day, month, year = found.groups()
    if not 1000 <= int(year) <= 2200 or (month and not 1 <= int(month) <= 12) or (day and not 1 <= int(day) <= 31):
        return None
    iso = "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)])
    return PartialDate(iso, iso, text)


def open_parties(path: Path, chosen: dict[str, str] | None = None) -> PartyFile:
    """Open a file and guess its columns; ``chosen`` maps fields to columns and wins. Raises ``BadInput``."""
    kind = path.suffix.lower().lstrip(".")
    if not path.is_file():
        raise BadInput([Problem("file-unreadable", path.name, "there is no such file", "check the path")])
    if kind not in FORMATS:
        hint = "give a .csv, .xlsx, .parquet or .jsonl file"
        raise BadInput([Problem("parties.format", path.name, f"'.{kind}' is not a format that is read", hint)])
    try:
        columns, rows = _columns(path, kind)
    except Exception as error:
        says = f"the file cannot be read: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
        raise BadInput([Problem("parties.unreadable", path.name, says, "save it again from its program")]) from None
    problems = []
    fields: dict[str, str] = {}
    for name, column in (chosen or {}).items():
        if name not in TITLES:
            hint = f"fields are {', '.join(TITLES)}"
            problems.append(Problem("parties.field", f"--map {name}", f"there is no field '{name}'", hint))
        elif column not in columns:
            hint = f"columns are {', '.join(columns)}"
            problems.append(Problem("parties.column", f"{path.name} {column}", "there is no such column", hint))
        else:
            fields[name] = column
    for name, titles in TITLES.items():
        if name not in fields:
            plain = {re.sub(r"[^\w]|_", "", column.lower()): column for column in reversed(columns)}
            for title in titles:
                if title in plain and plain[title] not in fields.values():
                    fields[name] = plain[title]
                    break
    if "name" not in fields and not problems:
        hint = f"say which it is: --map name=COLUMN (columns: {', '.join(columns) or 'none'})"
        problems.append(Problem("parties.no-name", path.name, "no column looks like a name", hint))
    if problems:
        raise BadInput(problems)
    seal = hashlib.sha256()
    with path.open("rb") as stream:
        while part := stream.read(1 << 20):
            seal.update(part)
    return PartyFile(path, kind, columns, fields, seal.hexdigest(), rows)


def _relation(path: Path, kind: str) -> tuple[str, list[str]]:
    if kind == "parquet":
        return "SELECT * FROM read_parquet(?)", [str(path)]
    if kind in ("jsonl", "ndjson"):
        return "SELECT * FROM read_json(?, format = 'newline_delimited')", [str(path)]
    delimiter = ", delim = '\t'" if kind == "tsv" else ""
    return f"SELECT * FROM read_csv(?, all_varchar = true, header = true{delimiter})", [str(path)]


def _columns(path: Path, kind: str) -> tuple[tuple[str, ...], int | None]:
    if kind == "xlsx":
        from openpyxl import load_workbook

        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        first = next(sheet.iter_rows(max_row=1, values_only=True), ())
        rows = sheet.max_row - 1 if sheet.max_row else None
        book.close()
        return tuple(str(cell) if cell is not None else "" for cell in first), rows
    import duckdb

    query, given = _relation(path, kind)
    with duckdb.connect() as base:
        described = base.execute(f"DESCRIBE {query}", given).fetchall()
        counted = base.execute(f"SELECT count(*) FROM ({query})", given).fetchone()
    return tuple(row[0] for row in described), counted[0] if counted else None


def _row_blocks(path: Path, kind: str, size: int) -> Iterator[Sequence[Sequence[Any]]]:
    if kind == "xlsx":
        from openpyxl import load_workbook

        book = load_workbook(path, read_only=True, data_only=True)
        rows: list[Sequence[Any]] = []
        for row in book.worksheets[0].iter_rows(min_row=2, values_only=True):
            rows.append(row)
            if len(rows) == size:
                yield rows
                rows = []
        book.close()
        if rows:
            yield rows
        return
    import duckdb

    query, given = _relation(path, kind)
    with duckdb.connect() as base:
        cursor = base.execute(query, given)
        while block := cursor.fetchmany(size):
            yield block
