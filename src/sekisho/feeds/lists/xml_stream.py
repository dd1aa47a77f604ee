"""Read the records of a large XML file one at a time, in bounded memory, and refuse what only an attack needs.

Built on expat: a document type (and with it every entity), a foreign encoding trick, elements nested too deep, and
records that never end are refused. Element and attribute names are given without their namespace.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from sekisho.feeds.lists.opening import Source
from sekisho.feeds.lists.reading import clean
from sekisho.model.problem import BadInput, Problem

DEEPEST = 40
LONGEST_RECORD = 8 << 20  # characters of text and attributes in one record
MOST_ELEMENTS = 200_000  # in one record
LARGEST_TOKEN = 16 << 20  # bytes that expat may hold back


class Node:
    """One element: its local name, its attributes, and its text and children in order."""

    __slots__ = ("attrs", "parts", "tag")

    def __init__(self, tag: str, attrs: dict[str, str]) -> None:
        self.tag = tag
        self.attrs = attrs
        self.parts: list[str | Node] = []

    def children(self, tag: str | None = None) -> list[Node]:
        """List the direct children, or those called ``tag``."""
        return [part for part in self.parts if isinstance(part, Node) and (tag is None or part.tag == tag)]

    def child(self, tag: str) -> Node | None:
        """Find the first direct child called ``tag``."""
        for part in self.parts:
            if isinstance(part, Node) and part.tag == tag:
                return part
        return None

    def text(self, *path: str) -> str:
        """Give the cleaned text of this element, or of the first descendant along ``path``; "" without one."""
        node: Node | None = self
        for tag in path:
            node = node.child(tag) if node is not None else None
        if node is None:
            return ""
        return clean("".join(part for part in node.parts if isinstance(part, str)))

    def values(self) -> dict[str, str]:
        """Give the cleaned text of each direct child by name; the first of a name counts."""
        found: dict[str, str] = {}
        for part in self.parts:
            if isinstance(part, Node) and part.tag not in found:
                found[part.tag] = part.text()
        return found

    def flat(self, line: str = "br") -> str:
        """Give all text in it in order, with a line end for each ``line`` element."""
        pieces: list[str] = []
        self._flatten(pieces, line)
        return "".join(pieces)

    def _flatten(self, pieces: list[str], line: str) -> None:
        for part in self.parts:
            if isinstance(part, str):
                pieces.append(part)
            elif part.tag == line:
                pieces.append("\n")
            else:
                part._flatten(pieces, line)


class Records:
    """The records of one XML file.

    ``tags`` names the elements that are records. ``known`` are the paths inside a record that the reader understands,
    from the record's own name ("sdnEntry/akaList/aka"); with it, ``unread`` holds the elements of the record just given
    that are not among them. White space alone is no text unless ``mixed``. ``root`` and ``root_attrs`` are set once the
    first record is there.
    """

    def __init__(
        self, source: Source, tags: frozenset[str], known: frozenset[str] = frozenset(), *, mixed: bool = False
    ) -> None:
        self._source = source
        self._mixed = mixed
        self._tags = tags
        self._known = known
        self._paths: dict[tuple[str, str], tuple[str, bool]] = {}
        self._names: dict[str, str] = {}
        self._stack: list[Node] = []
        self._record_paths: list[str] = []
        self._ready: list[tuple[Node, list[tuple[str, Node]]]] = []
        self._unread: list[tuple[str, Node]] = []
        self._depth = 0
        self._size = 0
        self._elements = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self.root = ""
        self.root_attrs: dict[str, str] = {}
        self.unread: list[tuple[str, Node]] = []

    def __iter__(self) -> Iterator[Node]:
        """Yield each record; raises ``BadInput`` where the file is not sound XML or passes a bound."""
        parser = self._parser
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.ExternalEntityRefHandler = self._external
        fed = 0
        try:
            for chunk in self._source.chunks():
                parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - max(parser.CurrentByteIndex, 0) > LARGEST_TOKEN:
                    self._refuse("list.bomb", "one piece of it never ends")
                yield from self._give()
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            where = f"{self._source.name}:{error.lineno}:{error.offset}"
            says = f"the file is not sound XML: {expat.ErrorString(error.code)}"
            hint = "it is damaged or was cut off, or it is another kind of file; fetch it again"
            raise BadInput([Problem("list.xml", where, says, hint)]) from None
        except (LookupError, UnicodeError, ValueError) as error:
            says = f"the file's encoding cannot be read: {error}"
            raise BadInput([Problem("list.encoding", self._source.name, says)]) from None
        yield from self._give()

    def _give(self) -> Iterator[Node]:
        ready, self._ready = self._ready, []
        for node, unread in ready:
            self.unread = unread
            yield node

    def _refuse(self, code: str, says: str, hint: str = "") -> None:
        where = f"{self._source.name}:{self._parser.CurrentLineNumber}"
        raise BadInput([Problem(code, where, says, hint)])

    def _doctype(self, *_: object) -> None:
        hint = "published lists have none; it is an error page or an attack"
        self._refuse("list.doctype", "the file declares a document type or an entity", hint)

    def _external(self, *_: object) -> int:
        self._doctype()
        return 0

    def _start(self, name: str, attrs: dict[str, str]) -> None:
        tag = self._names.get(name)
        if tag is None:
            tag = name.rpartition(" ")[2]
            if len(self._names) < 10_000:
                self._names[name] = tag
        self._depth += 1
        if self._depth > DEEPEST:
            self._refuse("list.bomb", f"elements are nested more than {DEEPEST} deep")
        if self._depth == 1:
            self.root = tag
            self.root_attrs = {key.rpartition(" ")[2]: value for key, value in attrs.items()}
        stack = self._stack
        if not stack and tag not in self._tags:
            return
        if attrs:
            if any(" " in key for key in attrs):
                attrs = {key.rpartition(" ")[2]: value for key, value in attrs.items()}
            self._size += sum(map(len, attrs.values()))
        node = Node(tag, attrs)
        if stack:
            stack[-1].parts.append(node)
        self._elements += 1
        if self._elements > MOST_ELEMENTS or self._size > LONGEST_RECORD:
            self._refuse("list.bomb", "one record never ends")
        if self._known:
            self._walk(tag, node)
        stack.append(node)

    def _walk(self, tag: str, node: Node) -> None:
        paths = self._record_paths
        key = (paths[-1] if paths else "", tag)
        found = self._paths.get(key)
        if found is None:
            path = f"{key[0]}/{tag}" if key[0] else tag
            found = (path, path in self._known)
            if len(self._paths) < 10_000:
                self._paths[key] = found
        paths.append(found[0])
        if not found[1]:
            self._unread.append((found[0], node))

    def _end(self, _: str) -> None:
        self._depth -= 1
        stack = self._stack
        if not stack:
            return
        node = stack.pop()
        if self._known:
            self._record_paths.pop()
        if not stack:
            self._ready.append((node, self._unread))
            self._unread = []
            self._size = self._elements = 0

    def _text(self, text: str) -> None:
        stack = self._stack
        if stack and (self._mixed or not text.isspace()):
            stack[-1].parts.append(text)
            self._size += len(text)
            if self._size > LONGEST_RECORD:
                self._refuse("list.bomb", "one record never ends")
