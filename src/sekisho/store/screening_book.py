"""The book of screening: judgements, outcomes, changes of outcomes and who has acknowledged them.

One SQLite file. Judgements, changes and acknowledgements are only ever added: triggers refuse UPDATE and DELETE, and
each row carries the hash of the one before. What a judgement rested on (names, dates, addresses) lies beside the event
under its digest, so that personal data can be erased without breaking the chain. The table of outcomes is a projection.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sekisho.model.problem import BadInput, Problem
from sekisho.screen.judgement import Judgement
from sekisho.screen.rescreen import Outcome, OutcomeChange

Pair = tuple[str, str, str]

SCHEMA = """
CREATE TABLE IF NOT EXISTS event (
    seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, moment TEXT NOT NULL, body TEXT NOT NULL, hash TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS event_kind ON event (kind);
CREATE TABLE IF NOT EXISTS rested_on (digest TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS outcome (
    party TEXT NOT NULL, source TEXT NOT NULL, uid TEXT NOT NULL, score REAL NOT NULL, name TEXT NOT NULL,
    matched TEXT NOT NULL, PRIMARY KEY (party, source, uid)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS outcome_listed ON outcome (source, uid);
CREATE TRIGGER IF NOT EXISTS event_kept BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER IF NOT EXISTS event_stays BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
"""


@dataclass(frozen=True, slots=True)
class Pending:
    """A changed outcome that nobody has acknowledged: its number in the book, when, what caused it."""

    seq: int
    moment: str
    cause: str
    change: OutcomeChange


class ScreeningBook:
    """Open or begin the book at ``path``; use it as a context manager, or close it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.executescript(SCHEMA)
        except sqlite3.DatabaseError as error:
            hint = "restore the file from a copy, or name another data folder with SEKISHO_HOME"
            raise BadInput([Problem("screening.book", path.name, f"the book cannot be read: {error}", hint)]) from None

    def __enter__(self) -> ScreeningBook:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def add_judgement(self, judgement: Judgement) -> int:
        """Write one judgement; give its number."""
        rested = {"listed": judgement.listed_values, "party": judgement.party_values}
        text = json.dumps(rested, ensure_ascii=False, sort_keys=True)
        digest = hashlib.sha256(text.encode()).hexdigest()
        body = judgement.as_json() | {"rested_on": digest}
        with self._writing():
            self._db.execute("INSERT OR IGNORE INTO rested_on VALUES (?, ?)", (digest, text))
            return self._append("judgement", judgement.moment, body)

    def judgements(self, party: str | None = None) -> list[Judgement]:
        """Give judgements in the order they were made, all or those of one party."""
        query = "SELECT body FROM event WHERE kind = 'judgement'"
        rows: Iterable[tuple[str]] = self._db.execute(query + " ORDER BY seq")
        if party is not None:
            rows = self._db.execute(query + " AND json_extract(body, '$.party') = ? ORDER BY seq", (party,))
        kept: dict[str, dict[str, Any]] = {
            digest: json.loads(text) for digest, text in self._db.execute("SELECT digest, body FROM rested_on")
        }
        return [_judgement(json.loads(text), kept) for (text,) in rows]

    def outcomes(self) -> dict[Pair, Outcome]:
        """Give the outcomes as they stand."""
        rows = self._db.execute("SELECT party, uid, source, score, name, matched FROM outcome")
        return {one.pair: one for one in (Outcome(*row) for row in rows)}

    def record(self, changes: Iterable[OutcomeChange], moment: str, cause: str) -> int:
        """Write changed outcomes, each to be acknowledged, and bring the outcomes up to date; give how many."""
        count = 0
        with self._writing():
            for change in changes:
                body = {
                    "cause": cause,
                    "kind": change.kind,
                    "before": _told(change.before),
                    "after": _told(change.after),
                }
                self._append("change", moment, body)
                party, source, uid = change.pair
                if change.after is None:
                    self._db.execute(
                        "DELETE FROM outcome WHERE party = ? AND source = ? AND uid = ?", (party, source, uid)
                    )
                else:
                    one = change.after
                    self._db.execute(
                        "INSERT OR REPLACE INTO outcome VALUES (?, ?, ?, ?, ?, ?)",
                        (one.party, one.source, one.uid, one.score, one.name, one.matched),
                    )
                count += 1
        return count

    def pending(self) -> list[Pending]:
        """Give every changed outcome that nobody has acknowledged yet, oldest first."""
        done = {
            json.loads(body)["change"]
            for (body,) in self._db.execute("SELECT body FROM event WHERE kind = 'acknowledged'")
        }
        rows = self._db.execute("SELECT seq, moment, body FROM event WHERE kind = 'change' ORDER BY seq")
        found = []
        for seq, moment, text in rows:
            if seq not in done:
                body = json.loads(text)
                change = OutcomeChange(body["kind"], _outcome(body["before"]), _outcome(body["after"]))
                found.append(Pending(seq, moment, body["cause"], change))
        return found

    def acknowledge(self, seqs: Iterable[int], who: str, moment: str, why: str = "") -> int:
        """Write that someone has seen changed outcomes; numbers that are not pending raise ``BadInput``."""
        wanted = list(dict.fromkeys(seqs))
        with self._writing():
            open_ones = {one.seq for one in self.pending()}
            unknown = [seq for seq in wanted if seq not in open_ones]
            if unknown:
                hint = "sekisho rescreen pending shows what is open"
                raise BadInput(
                    [
                        Problem("screening.not-pending", str(seq), "no open change has this number", hint)
                        for seq in unknown
                    ]
                )
            for seq in wanted:
                self._append("acknowledged", moment, {"change": seq, "who": who, "why": why})
        return len(wanted)

    def damaged(self) -> list[int]:
        """Give the numbers of events whose hash does not follow from the ones before; empty when the book is whole."""
        found = []
        before = ""
        for seq, kind, moment, body, held in self._db.execute(
            "SELECT seq, kind, moment, body, hash FROM event ORDER BY seq"
        ):
            if _hash(before, kind, moment, body) != held:
                found.append(seq)
            before = held
        return found

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _append(self, kind: str, moment: str, body: Mapping[str, Any]) -> int:
        row = self._db.execute("SELECT hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
        text = json.dumps(body, ensure_ascii=False, sort_keys=True)
        cursor = self._db.execute(
            "INSERT INTO event (kind, moment, body, hash) VALUES (?, ?, ?, ?)",
            (kind, moment, text, _hash(row[0] if row else "", kind, moment, text)),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid


def _hash(before: str, kind: str, moment: str, body: str) -> str:
    return hashlib.sha256("\n".join((before, kind, moment, body)).encode()).hexdigest()


def _told(outcome: Outcome | None) -> dict[str, Any] | None:
    if outcome is None:
        return None
    return {name: getattr(outcome, name) for name in ("party", "uid", "source", "score", "name", "matched")}


def _outcome(told: dict[str, Any] | None) -> Outcome | None:
    return None if told is None else Outcome(**told)


def _judgement(body: dict[str, Any], kept: dict[str, dict[str, Any]]) -> Judgement:
    rested = kept.get(body["rested_on"], {})
    values = {side: {name: tuple(held) for name, held in rested.get(side, {}).items()} for side in ("listed", "party")}
    return Judgement(
        party=body["party"],
        uid=body["uid"],
        source=body["list"],
        verdict=body["verdict"],
        who=body["who"],
        moment=body["when"],
        why=body["why"],
        evidence=tuple(body["evidence"]),
        scope=body["scope"],
        transfer=body["transfer"],
        listed_values=values["listed"],
        party_values=values["party"],
    )
