"""Rows out of CSV and Excel files from outside, bounded and with their line numbers."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator

from sekisho.feeds.lists.opening import Source
from sekisho.model.problem import BadInput, Problem

LONGEST_FIELD = 2 << 20
WIDEST_ROW = 500
_ENCODINGS = ("utf-8-sig", "utf-16", "cp932", "cp1252", "latin-1")


def csv_rows(source: Source, *, fallback: str = "cp1252") -> Iterator[tuple[int, list[str]]]:
    """Yield line number and fields of each row that is not empty; a lone end-of-file mark (0x1A) is no row.

    Text is UTF-8 (with or without mark), UTF-16 with mark, or else ``fallback``. Raises ``BadInput`` for binary
    content, a field without end, a row that is too wide and text that ends inside quotes.
    """
    text = decode(source, fallback)
    csv.field_size_limit(LONGEST_FIELD)
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if not row or row == ["\x1a"] or (len(row) == 1 and not row[0].strip("\x1a \t")):
                continue
            if len(row) > WIDEST_ROW:
                raise _bad("list.csv", f"{source.name}:{reader.line_num}", f"the row has {len(row)} fields")
            yield reader.line_num, row
    except csv.Error as error:
        hint = "it is damaged or was cut off; fetch it again"
        raise _bad("list.csv", f"{source.name}:{reader.line_num}", f"not sound CSV: {error}", hint) from None


def decode(source: Source, fallback: str = "cp1252") -> str:
    """Give the whole file as text; binary content raises ``BadInput``."""
    content = source.content()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", fallback)
        if b"\0" in content[: 1 << 16]:
            raise _bad("list.binary", source.name, "this is not a text file", "is it another format?")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if "\0" in text:
            raise _bad("list.binary", source.name, "there are zero bytes in the text", "the file is damaged")
        return text
    raise _bad("list.encoding", source.name, f"the text is not {' or '.join(encodings)}", "save it as UTF-8")


def _delimiter(text: str) -> str:
    first = text[:4096].partition("\n")[0]
    return max((",", "\t", ";"), key=lambda mark: (first.count(mark), mark == ","))


def sheet_rows(source: Source) -> Iterator[tuple[int, list[str]]]:
    """Yield row number and cell texts of the first sheet of an Excel workbook that has rows."""
    import openpyxl

    _check_workbook(source)
    try:
        book = openpyxl.load_workbook(source.path, read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                found = False
                for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=WIDEST_ROW), start=1):
                    texts = ["" if cell is None else str(cell) for cell in row]
                    if any(text.strip() for text in texts):
                        found = True
                        yield number, texts
                if found:
                    return
        finally:
            book.close()
    except BadInput:
        raise
    except Exception as error:  # openpyxl raises whatever its parts raise on a damaged file
        says = f"the workbook cannot be read: {type(error).__name__}: {error}"
        raise _bad("list.xlsx", source.name, says, "save it again as .xlsx or as CSV") from None


def _check_workbook(source: Source) -> None:
    limits = source.limits
    try:
        with zipfile.ZipFile(source.path) as archive:
            infos = archive.infolist()
            total = sum(info.file_size for info in infos)
            packed = sum(info.compress_size for info in infos)
            most = limits.ratio_free if total > packed * limits.ratio else min(limits.unpacked, 1 << 30)
            if total > most or len(infos) > 5000:
                raise _bad("list.bomb", source.name, f"the workbook unpacks to {total >> 20} MiB")
            for info in infos:  # the sizes that the archive states may lie
                with archive.open(info) as stream:
                    read, tail = 0, b""
                    while chunk := stream.read(1 << 18):
                        read += len(chunk)
                        if read > info.file_size:
                            raise _bad("list.bomb", source.name, "the workbook lies about its size")
                        _check_part(tail + chunk, read == len(chunk), info.filename, source.name)
                        tail = chunk[-16:]
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise _bad("list.xlsx", source.name, f"the workbook cannot be read: {error}", "save it again") from None
    except Exception as error:
        if isinstance(error, BadInput):
            raise
        raise _bad("list.xlsx", source.name, f"the workbook cannot be read: {error}", "save it again") from None


def _check_part(content: bytes, first: bool, part: str, name: str) -> None:
    """Refuse a document type anywhere in a part, and XML in an encoding that would hide one."""
    if not part.endswith((".xml", ".rels", ".vml")):
        return
    if first and b"\0" in content[:64]:
        raise _bad("list.encoding", name, f"{part} is not UTF-8", "save the workbook again")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _bad("list.doctype", name, "the workbook declares a document type or an entity")


def _bad(code: str, where: str, says: str, hint: str = "") -> BadInput:
    return BadInput([Problem(code, where, says, hint)])
