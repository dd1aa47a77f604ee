"""Fetching from a server on this machine: bounds, redirects, failures, and one list not holding up another."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from list_samples import NOW, OFAC_XML, SAMPLES, gzipped, small_home
from sekisho.feeds import snapshots
from sekisho.feeds.fetching import Bounds, check_address, fetch, file_name
from sekisho.feeds.publishers import publishers
from sekisho.feeds.updating import chosen, update
from sekisho.model.problem import BadInput

QUICK = Bounds(silence=2.0, tries=2, pause=0.0, insecure_loopback=True)


class Server(ThreadingHTTPServer):
    """Answers by path; counts what was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        path = self.path.partition("?")[0]
        if path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", "/" + path[4:] if path != "/to/away" else "http://192.0.2.1/evil")
            self.end_headers()
        elif path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
        elif path == "/flaky" and self.server.asked.count(self.path) == 1:
            self.send_error(503)
        elif path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b"x" * 10)
        elif path == "/endless":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"x" * 65536)
            except OSError:
                return
        elif path in self.server.files:
            content = self.server.files[path]
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        else:
            self.send_error(404)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


def publish(home, rows: str) -> None:
    (home / "lists").mkdir(parents=True, exist_ok=True)
    (home / "lists" / "publishers.toml").write_text(rows, "utf-8")


def row(list_id: str, form: str, *addresses: str, more: str = "") -> str:
    told = ", ".join(f'"{address}"' for address in addresses)
    head = f'[[list]]\nid = "{list_id}"\ntitle = "t"\nformat = "{form}"\nshrink_limit = 0.2\n'
    return f"{head}addresses = [{told}]\n{more}\n"


def run(home, *names: str, bounds: Bounds = QUICK, **more: object):
    return update(chosen(names, home), home, lambda: NOW, bounds=bounds, **more)  # type: ignore[arg-type]


def test_lists_are_fetched_and_taken_into_force(tmp_path, server):
    server.files = {
        "/sdn.xml": gzipped(OFAC_XML),
        **{f"/{name}": content for name, content in SAMPLES["ofac-csv"].items()},
    }
    trio = [server.address(f"/{name}") for name in SAMPLES["ofac-csv"]]
    publish(tmp_path, row("us:sdn", "ofac-xml", server.address("/to/sdn.xml")) + row("us:trio", "ofac-csv", *trio))
    one, two = run(tmp_path, "us:sdn", "us:trio")
    assert one.imported is not None
    assert one.imported.manifest.address == server.address("/to/sdn.xml")
    assert [file.name for file in one.imported.manifest.files] == ["sdn.xml"]
    assert two.imported is not None
    assert len(two.imported.manifest.files) == 4
    assert snapshots.list_ids(tmp_path) == ("us:sdn", "us:trio")
    again = run(tmp_path, "us:sdn")[0]
    assert again.imported is not None
    assert not again.imported.changed


def test_one_failure_does_not_hold_up_the_others(tmp_path, server):
    server.files = {"/sdn.xml": OFAC_XML, "/un.xml": b"<html>sorry</html>"}
    addresses = [("us:gone", "/missing.xml"), ("us:html", "/un.xml"), ("us:cut", "/cut"), ("us:sdn", "/sdn.xml")]
    publish(tmp_path, "".join(row(name, "ofac-xml", server.address(path)) for name, path in addresses))
    found = run(tmp_path, *(name for name, _ in addresses))
    assert [bool(one.problems) for one in found] == [True, True, True, False]
    assert "404" in found[0].problems[0].says
    assert "cut off after 10 of 100000 bytes" in found[2].problems[0].says
    assert server.asked.count("/missing.xml") == 1  # what is not there is not asked for again
    assert server.asked.count("/cut") == 2
    assert snapshots.list_ids(tmp_path) == ("us:sdn",)
    from sekisho.feeds.importing import refusal

    assert all(refusal(name, tmp_path) is not None for name in ("us:gone", "us:html", "us:cut"))


def test_a_server_that_stumbles_is_asked_again(tmp_path, server):
    server.files = {"/flaky": OFAC_XML}
    publish(tmp_path, row("us:sdn", "ofac-xml", server.address("/flaky")))
    assert run(tmp_path, "us:sdn")[0].imported is not None
    assert server.asked == ["/flaky", "/flaky"]


def test_the_newest_day_is_asked_for(tmp_path, server):
    titles = b'{"titles":[{"number":14,"up_to_date_as_of":"2020-01-01"},{"number":15,"up_to_date_as_of":"2026-07-23"}]}'
    server.files = {"/titles.json": titles, "/full/2026-07-23/title-15.xml": SAMPLES["bis-entity-list"]["title-15.xml"]}
    more = f'day_address = "{server.address("/titles.json")}"\nday_title = 15\n'
    address = server.address("/full/{day}/title-15.xml") + "?part=744"
    publish(tmp_path, row("us:entity-list", "bis-entity-list", address, more=more))
    done = run(tmp_path, "us:entity-list")[0]
    assert done.imported is not None
    assert done.imported.manifest.as_of == "2026-07-23"
    for wrong in (b"[]", b'{"titles":[]}', b'{"titles":[{"number":15,"up_to_date_as_of":"soon"}]}'):
        server.files["/titles.json"] = wrong
        assert [problem.code for problem in run(tmp_path, "us:entity-list")[0].problems] == ["list.day"]


def test_a_mirror_may_be_named(tmp_path, server):
    server.files = {"/mirror.xml": OFAC_XML}
    small_home(tmp_path)
    publish(tmp_path, row("us:sdn", "ofac-xml", "https://192.0.2.1/unreachable.xml"))
    done = run(tmp_path, "us:sdn", address=server.address("/mirror.xml"))[0]
    assert done.imported is not None
    assert done.imported.manifest.address == server.address("/mirror.xml")


@pytest.mark.parametrize(
    "address", ["http://example.invalid/x", "ftp://h/x", "file:///etc/passwd", "https://", "x", "http://[::1"]
)
def test_only_https_is_fetched(address, tmp_path):
    with pytest.raises(BadInput) as caught:
        check_address(address, QUICK)
    assert caught.value.problems[0].code == "list.address"


def test_plain_http_to_this_machine_only_when_allowed(server, tmp_path):
    with pytest.raises(BadInput):
        check_address(server.address("/x"), Bounds())
    check_address(server.address("/x"), QUICK)
    for path in ("/to/away", "/loop"):
        with (tmp_path / "x").open("w+b") as target, pytest.raises(BadInput):
            fetch(server.address(path), target, bounds=QUICK)
    assert "/evil" not in server.asked


def test_size_and_time_are_bounded(server, tmp_path):
    server.files = {"/big": b"x" * 200_000}
    with (tmp_path / "x").open("w+b") as target:
        for path in ("/big", "/endless"):
            with pytest.raises(BadInput) as caught:
                fetch(server.address(path), target, bounds=Bounds(size=100_000, tries=1, insecure_loopback=True))
            assert "larger than" in caught.value.problems[0].says
        ticks = iter(range(0, 10_000, 600))
        with pytest.raises(BadInput) as caught:
            fetch(server.address("/endless"), target, bounds=QUICK, clock=lambda: float(next(ticks)))
        assert "takes longer than 1800 seconds" in caught.value.problems[0].says
    assert file_name("https://h/a/b.xml?token=1") == "b.xml"
    assert file_name("https://h") == "download"


def test_which_lists_are_updated(tmp_path):
    assert [one.id for one in chosen([], tmp_path)] == [
        "us:sdn",
        "us:ofac-cons",
        "us:csl",
        "us:entity-list",
        "un:sc",
        "eu:fsf",
    ]
    with pytest.raises(BadInput) as caught:
        chosen(["jp:feul", "us:nothing", "us:sdn"], tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["list.manual", "list.unknown"]
    assert "law05" in caught.value.problems[0].hint


def test_the_shipped_publishers_are_sound():
    from sekisho.feeds.lists.formats import NAMES, format_called

    known = publishers(tmp := __import__("pathlib").Path("no-such-folder"))
    assert not tmp.exists()
    assert {one.format for one in known.values()} <= set(NAMES)
    for one in known.values():
        for address in (*one.addresses, *([one.day_address] if one.day_address else [])):
            check_address(address, Bounds())
        assert one.manual != bool(one.addresses)
    assert {format_called(name).default_list for name in NAMES} <= set(known)


def test_faults_of_an_operators_file_are_all_told(tmp_path):
    publish(tmp_path, row("US SDN", "ofac-xml") + row("us:x", "ofac-xml", more='stale_after_days = 0\nnovelty = "x"'))
    with pytest.raises(BadInput) as caught:
        publishers(tmp_path)
    assert sorted(problem.where for problem in caught.value.problems) == [
        "publishers.toml list[0].id",
        "publishers.toml list[1].novelty",
        "publishers.toml list[1].stale_after_days",
    ]
    publish(tmp_path, "[[list")
    with pytest.raises(BadInput):
        publishers(tmp_path)


def test_the_real_sdn_list_goes_through_the_whole_way(tmp_path, server):
    from shared_data import shared_data

    server.files = {"/SDN.XML": shared_data("parties", "ofac-2024-05", "sdn.xml.gz").read_bytes()}
    done = run(tmp_path, "us:sdn", address=server.address("/SDN.XML"))[0]
    assert done.imported is not None
    assert done.imported.manifest.parties == 14_966
    assert done.imported.manifest.as_of == date(2024, 5, 7).isoformat()
    assert all(one.held for one in done.imported.manifest.assertions)
