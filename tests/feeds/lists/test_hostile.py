"""Broken, truncated, huge and hostile files: every one ends in problems or in a right answer, never in a traceback."""

from __future__ import annotations

import gzip
import struct
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from list_samples import (
    OFAC_CSV,
    OFAC_XML,
    SAMPLES,
    gzipped,
    read,
    small_home,
    take,
    write,
    zipped,
)
from sekisho.feeds import snapshots
from sekisho.feeds.lists import xml_stream
from sekisho.feeds.lists.opening import Limits, open_files
from sekisho.feeds.lists.reading import clean
from sekisho.feeds.lists.tables import csv_rows
from sekisho.model.listed import ListedParty
from sekisho.model.problem import BadInput, Problem

FORMATS = sorted(SAMPLES)
XML_FORMATS = ["ofac-xml", "bis-entity-list", "un-xml", "eu-fsf"]
BOMB = """<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>"""


def codes(error: BadInput) -> list[str]:
    return [problem.code for problem in error.problems]


def attempt(form: str, *paths: Path, limits: Limits | None = None) -> tuple[list[ListedParty], list[Problem]]:
    """The parties and the problems of a file, whichever way the problems came."""
    try:
        parties, reading = read(form, *paths, limits=limits)
    except BadInput as error:
        return [], list(error.problems)
    return parties, reading.problems


def refused(form: str, *paths: Path, limits: Limits | None = None) -> list[str]:
    """The codes of the problems of a file that must not be read."""
    _, problems = attempt(form, *paths, limits=limits)
    assert problems, "the file was accepted"
    return [problem.code for problem in problems]


@pytest.mark.parametrize("form", FORMATS)
def test_every_sample_is_read_packed_as_well(form, tmp_path):
    plain, _ = read(form, *write(tmp_path / "plain", SAMPLES[form]))
    packed = {f"{name}.gz": gzipped(content) for name, content in SAMPLES[form].items()}
    assert read(form, *write(tmp_path / "gz", packed))[0] == plain
    (archive,) = write(tmp_path, {"all.zip": zipped(SAMPLES[form])})
    assert read(form, archive)[0] == plain
    assert len(plain) >= 2


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 5000, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, b"<!doctype html><html><body>Not found</body>",
     b'{"error": "rate limited"}', b"PK\x03\x04garbage", b"\x1f\x8bgarbage", b"plain words", b"\xff\xfe\xff"],
    ids=["empty", "zeros", "binary", "html", "json", "zip", "gzip", "words", "utf-16"],
)  # fmt: skip
def test_what_is_no_list_is_refused(form, content, tmp_path):
    assert refused(form, *write(tmp_path, {"file": content}))


@pytest.mark.parametrize("form", XML_FORMATS)
def test_entities_and_document_types_are_refused(form, tmp_path):
    (name, content), *_ = SAMPLES[form].items()
    root = content.partition(b"?>")[2]
    for head in (BOMB, '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd">', "<!DOCTYPE x>"):
        assert refused(form, *write(tmp_path, {name: head.encode() + root})) == ["list.doctype"]
    wide = (BOMB + root.decode("utf-8")).replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")
    assert refused(form, *write(tmp_path, {name: wide}))[0] in ("list.doctype", "list.xml")
    external = root.replace(b"</", b"&xxe;</", 1)
    assert refused(form, *write(tmp_path, {name: b'<?xml version="1.0"?>' + external})) == ["list.xml"]


@pytest.mark.parametrize("form", XML_FORMATS)
def test_every_cut_of_an_xml_file_is_refused(form, tmp_path):
    (name, content), *_ = SAMPLES[form].items()
    content = content.rstrip()
    for cut in range(0, len(content) - 1, 97):
        assert refused(form, *write(tmp_path, {name: content[:cut]}))


def test_a_cut_gzip_is_refused(tmp_path):
    packed = gzipped(OFAC_XML)
    for cut in (1, 5, 20, len(packed) // 2, len(packed) - 1):
        assert refused("ofac-xml", *write(tmp_path, {"sdn.xml.gz": packed[:cut]}))


def test_two_gzip_members_and_padding_are_one_file(tmp_path):
    half = len(OFAC_XML) // 2
    content = gzip.compress(OFAC_XML[:half]) + gzip.compress(OFAC_XML[half:]) + b"\0" * 512
    assert len(read("ofac-xml", *write(tmp_path, {"sdn.xml.gz": content}))[0]) == 3


def test_gzip_and_zip_bombs_are_refused_at_their_bound(tmp_path):
    small = Limits(unpacked=1 << 20, ratio=50, ratio_free=1 << 16)
    bomb = b"<sdnList>" + b" " * (8 << 20)
    assert refused("ofac-xml", *write(tmp_path, {"a.gz": gzipped(bomb)}), limits=small) == ["list.bomb"]
    assert refused("ofac-xml", *write(tmp_path, {"a.zip": zipped({"a.xml": bomb})}), limits=small) == ["list.bomb"]
    slow = Limits(unpacked=1 << 20)
    assert refused("ofac-xml", *write(tmp_path, {"b.gz": gzipped(bomb)}), limits=slow) == ["list.too-large"]
    assert refused("ofac-xml", *write(tmp_path, {"c.xml": bomb}), limits=Limits(received=1 << 20)) == ["list.too-large"]
    many = zipped({f"{number}.xml": b"x" for number in range(300)})
    assert refused("ofac-xml", *write(tmp_path, {"d.zip": many})) == ["list.bomb"]


def test_a_zip_that_lies_about_sizes_is_refused(tmp_path):
    content = bytearray(zipped({"sdn.xml": OFAC_XML}))
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 10)  # the unpacked size that it states
    assert refused("ofac-xml", *write(tmp_path, {"a.zip": bytes(content)}))


def test_workbooks_are_bounded_and_without_entities(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Country", "Company"])
    book.active.append(["Iran", "Examplia"])
    book.save(tmp_path / "good.xlsx")
    assert len(read("meti-feul", tmp_path / "good.xlsx")[0]) == 1
    with zipfile.ZipFile(tmp_path / "good.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    evil = {**parts, "xl/workbook.xml": BOMB.encode() + parts["xl/workbook.xml"].partition(b"?>")[2]}
    assert refused("meti-feul", *write(tmp_path, {"evil.xlsx": zipped(evil)})) == ["list.doctype"]
    huge = {**parts, "xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * (8 << 20)}
    small = Limits(unpacked=1 << 30, ratio=50, ratio_free=1 << 20)
    assert refused("meti-feul", *write(tmp_path, {"huge.xlsx": zipped(huge)}), limits=small) == ["list.bomb"]
    for name in parts:
        lacking = {other: content for other, content in parts.items() if other != name or name == "[Content_Types].xml"}
        (file,) = write(tmp_path, {"lacking.xlsx": zipped(lacking)})
        parties, problems = attempt("meti-feul", file)  # some parts may be missing, and then the rows are still right
        assert bool(problems) != (len(parties) == 1)


def test_deep_wide_and_endless_xml_is_refused(tmp_path, monkeypatch):
    deep = b"<sdnList>" + b"<a>" * 100_000
    assert refused("ofac-xml", *write(tmp_path, {"deep.xml": deep})) == ["list.bomb"]
    monkeypatch.setattr(xml_stream, "MOST_ELEMENTS", 1000)
    wide = b"<sdnList><sdnEntry>" + b"<a/>" * 2000 + b"</sdnEntry></sdnList>"
    assert refused("ofac-xml", *write(tmp_path, {"wide.xml": wide})) == ["list.bomb"]
    monkeypatch.setattr(xml_stream, "LONGEST_RECORD", 10_000)
    long = b"<sdnList><sdnEntry><remarks>" + b"x" * 20_000
    assert refused("ofac-xml", *write(tmp_path, {"long.xml": long})) == ["list.bomb"]
    monkeypatch.setattr(xml_stream, "LARGEST_TOKEN", 1 << 18)
    token = b'<sdnList><sdnEntry a="' + b"x" * (2 << 20)
    assert refused("ofac-xml", *write(tmp_path, {"token.xml": token})) == ["list.bomb"]


def test_foreign_encodings_are_named(tmp_path):
    odd = b'<?xml version="1.0" encoding="no-such-code"?><sdnList></sdnList>'
    assert refused("ofac-xml", *write(tmp_path, {"odd.xml": odd}))[0] in ("list.encoding", "list.xml")


def test_csv_bounds(tmp_path):
    wide = b",".join([b"1"] * 5000) + b"\n"
    endless = b'36,"' + b"x" * (3 << 20)
    for content in (wide, endless, b'36,"open\n', b'36,"a"b,c\n'):
        assert "list.csv" in refused("ofac-csv", *write(tmp_path, {"sdn.csv": content}))
    sources, _ = open_files(list(write(tmp_path, {"ok.csv": b"\xef\xbb\xbfa;b\n1;2\n\n\x1a"})))
    assert list(csv_rows(sources[0])) == [(1, ["a", "b"]), (2, ["1", "2"])]


def test_paths_that_are_no_files_are_all_told(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "nothing.xml").write_bytes(b"")
    with pytest.raises(BadInput) as caught:
        open_files([tmp_path / "missing.xml", tmp_path / "empty", tmp_path / "nothing.xml"])
    assert codes(caught.value) == ["list.no-file", "list.no-file", "list.empty"]
    assert str(tmp_path) not in str(caught.value)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, dict[str, bytes]]:
    """A sample with one file damaged: bytes flipped, cut out, doubled, inserted, or the end cut off."""
    form = draw(st.sampled_from(FORMATS))
    files = dict(SAMPLES[form])
    name = draw(st.sampled_from(sorted(files)))
    content = bytearray(files[name])
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(content) - 1, 0)))
        size = draw(st.integers(1, 60))
        match draw(st.sampled_from(["flip", "cut", "double", "insert", "end"])):
            case "flip":
                for spot in range(at, min(at + size, len(content))):
                    content[spot] ^= draw(st.integers(1, 255))
            case "cut":
                del content[at : at + size]
            case "double":
                content[at:at] = content[at : at + size]
            case "insert":
                content[at:at] = draw(st.binary(max_size=40))
            case "end":
                del content[at:]
    files[name] = gzipped(bytes(content)) if draw(st.booleans()) else bytes(content)
    return form, files


@settings(
    max_examples=400,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(damaged())
def test_damage_gives_problems_or_parties(case):
    form, files = case
    with tempfile.TemporaryDirectory() as folder:
        parties, problems = attempt(form, *write(Path(folder), files))
        assert all(problem.code and problem.says and problem.where for problem in problems)
        for party in parties:
            assert isinstance(party, ListedParty)
            assert party.uid
            assert all(name.text and name.text == clean(name.text) for name in party.names)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(damaged())
def test_damage_never_leaves_half_an_import(case):
    form, files = case
    with tempfile.TemporaryDirectory() as folder:
        home = small_home(Path(folder) / "home")
        good = take(home, form, *write(Path(folder) / "good", SAMPLES[form]), as_of=date(2026, 7, 1))
        before = good.manifest
        try:
            taken = take(home, form, *write(Path(folder) / "bad", files), as_of=date(2026, 7, 2), list_id=before.list)
        except BadInput:
            assert snapshots.manifest(before.list, home=home) == before
        else:
            assert snapshots.manifest(before.list, home=home) == taken.manifest
        held = snapshots.load(before.list, home=home)
        assert len(held.parties) == held.manifest.parties > 0
        assert not list(home.rglob(".incoming-*"))


def test_ofac_csv_survives_every_cut(tmp_path):
    for name in OFAC_CSV:
        for cut in range(0, len(OFAC_CSV[name]), 53):
            parties, problems = attempt("ofac-csv", *write(tmp_path, {**OFAC_CSV, name: OFAC_CSV[name][:cut] or b"\n"}))
            assert parties or problems
