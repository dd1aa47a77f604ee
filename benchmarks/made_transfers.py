"""Make a table of transfers for the benchmarks: as many as asked, the same for the same seed, nobody's data.

Orders of 20,000 buyers for 5,000 products over two years: what is known of a buyer is the same in all its orders, and
so is what is known of a product. A sixth of the facts of buyers and products is unknown.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from sekisho.feeds.packs import load_pack
from sekisho.feeds.reference import hs_codes

PLACES = {  # share of buyers by place, in the manner of a maker of machines and instruments
    "US": 16, "CN": 16, "KR": 8, "TW": 8, "TH": 6, "DE": 5, "VN": 5, "IN": 5, "SG": 4, "MY": 4, "HK": 3, "GB": 3,
    "ID": 3, "MX": 2, "FR": 2, "IT": 2, "AU": 2, "PH": 2, "TR": 1, "AE": 1, "KZ": 0.3, "RU": 0.3, "IR": 0.1, "KP": 0.02,
    "AF": 0.05, "IQ": 0.1, "LB": 0.1, "LY": 0.05, "SD": 0.03, "UA": 0.2, "BY": 0.05,
}  # fmt: skip
BUYERS, PRODUCTS = 20_000, 5_000
LISTED = ["jp:feul/N", "jp:feul/C", "jp:feul/B", "jp:feul/M", "jp:feul/CW", "jp:designated"]
ACTIVITIES = ["nuclear-weapons", "missiles", "conventional-arms", "chemical-weapons"]
PURPOSES = ["nuclear", "missile", "conventional-arms", "chemical-weapons"]


def make(path: Path, rows: int, *, seed: float = 0.5, scattered: bool = False) -> None:
    """Write ``rows`` transfers as Parquet, some 30 columns.

    ``scattered`` draws every fact of every row for itself, evenly and half of them unknown, so that hardly two rows
    are alike: the worst case.
    """
    pack = load_pack("jp")
    entries = sorted(path for path in pack.lists["jp:table-1"] if not path.startswith("16"))
    chapters = ("28", "84", "85", "87", "90", "62")
    codes = [code for code in sorted(hs_codes()) if len(code) == 6 and code[:2] in chapters]
    even = sorted({member for places in pack.places.values() for member in places.spans[-1].members})
    places = even if scattered else [place for place, share in PLACES.items() for _ in range(int(share * 100))]
    unknown, rare = (0.5, 0.5) if scattered else (0.15, 0.01)
    acts = ["export", "technology", "deemed-export", "transhipment"] if scattered else ["export"] * 17 + ["technology"]
    order = {
        "act": pick(acts),
        "day": "DATE '2025-01-01' + CAST(random() * 729 AS INTEGER)",
        "items.value": "CAST(CAST(10 ** (3 + 5 * random()) AS BIGINT) AS VARCHAR) || "
        "CASE WHEN random() < 0.8 THEN ' JPY' ELSE ' USD' END",
        "contract_value": "CASE WHEN random() < 0.5 THEN "
        "CAST(CAST(10 ** (8 + 2 * random()) AS BIGINT) AS VARCHAR) || ' JPY' END",
        "rates.USD": "CAST(140 + CAST(random() * 20 AS INTEGER) AS VARCHAR) || ' JPY'",
        "consignee.name": f"CASE WHEN random() < 0.3 THEN 'Forwarder ' || CAST({skew(300)} AS INTEGER) END",
        "items.form": f"CASE WHEN random() < 0.1 THEN {pick(['in-person', 'document', 'transmission'])} END",
        "claim.minimum-use": "CASE WHEN random() < 0.02 THEN TRUE END",
    }
    buyer = {
        "to": pick(places),
        "end_user.name": "'Buyer ' || k",
        "end_user.country": f"CASE WHEN random() > {unknown} THEN {pick(places)} END",
        "end_user.listed": some(LISTED, unknown, rare),
        "end_user.activities": some(ACTIVITIES, unknown, rare),
        "end_user.founded": "CASE WHEN random() < 0.4 THEN DATE '2000-01-01' + CAST(random() * 9300 AS INTEGER) END",
        "end_use.purposes": some(PURPOSES, unknown, rare),
        "end_use.informed": some(["wmd", "conventional"], unknown, rare / 2),
        "consignee.listed": some(["jp:feul/M", "jp:designated"], unknown, rare),
        "recipient.name": "CASE WHEN random() < 0.08 THEN 'Researcher' END",
        "recipient.residence": f"CASE WHEN random() < 0.08 THEN {pick(['resident', 'non-resident'])} END",
        "recipient.foreign_government_income_share": "CASE WHEN random() < 0.05 THEN round(random(), 2) END",
        "guideline.q1": some(["ok", "not-ok"], 0.8, 1.0),
        "guideline.q2": some(["ok", "not-applicable"], 0.8, 1.0),
    }
    product = {
        "items.name": "'Part ' || k",
        "items.hs": f"CASE WHEN random() > 0.05 THEN {pick(codes)} END",
        "items.entries.jp": f"CASE WHEN random() < 0.7 THEN CASE WHEN random() > {unknown} THEN 'none' END "
        f"ELSE {pick(entries)} END",
        "items.notice_designated": "CASE WHEN random() > 0.3 THEN random() < 0.2 END",
        "items.table_2_3": some(["yes", "no"], 0.9, 1.0),
        "items.public_domain": "CASE WHEN random() < 0.1 THEN random() < 0.2 END",
    }
    with duckdb.connect() as connection:
        connection.execute(f"SELECT setseed({seed})")
        connection.execute("SET threads = 1")
        count = f"range({rows}) t(k)"
        if scattered:
            source, drawn = count, {**order, **buyer, **product}
        else:
            _table(connection, "buyers", buyer, BUYERS)
            _table(connection, "products", product, PRODUCTS)
            connection.execute(
                f"CREATE TABLE drawn AS SELECT k, CAST({skew(BUYERS)} AS INTEGER) AS b, "
                f"CAST({skew(PRODUCTS)} AS INTEGER) AS p FROM {count}"
            )
            source = "drawn d JOIN buyers USING (b) JOIN products USING (p) ORDER BY k"
            drawn = order | {name: f'"{name}"' for name in (*buyer, *product)}
            # Who receives the goods is screened as often as the buyer, where there is one.
            drawn["consignee.listed"] = 'CASE WHEN k % 10 < 3 THEN "consignee.listed" END'
            drawn["consignee.name"] = "CASE WHEN k % 10 < 3 THEN 'Forwarder' END"
        listed = ", ".join(f'{sql} AS "{name}"' for name, sql in drawn.items())
        connection.execute(
            f"COPY (SELECT 'T' || k AS id, 'JP' AS \"from\", {listed} FROM {source}) TO '{path}' (FORMAT parquet)"
        )


def _table(connection: duckdb.DuckDBPyConnection, name: str, columns: dict[str, str], rows: int) -> None:
    listed = ", ".join(f'{sql} AS "{column}"' for column, sql in columns.items())
    connection.execute(f"CREATE TABLE {name} AS SELECT k AS {name[0]}, {listed} FROM range({rows}) t(k)")


def pick(values: list[str]) -> str:
    """One of the values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return f"[{listed}][1 + CAST(floor(random() * {len(values)}) AS BIGINT)]"


def skew(most: int) -> str:
    """A whole number below ``most``, small ones more often: half of what is drawn lies in the first eighth."""
    return f"floor(power(random(), 3) * {most})"


def some(values: list[str], unknown: float, rare: float) -> str:
    """A set: unknown, or none, or rarely one of the values."""
    rest = "none" if rare < 1 else values[0]
    return f"CASE WHEN random() < {unknown} THEN NULL WHEN random() < {rare} THEN {pick(values)} ELSE '{rest}' END"
