"""XML from outside: no document type, no entities, bounded size, and the line of every element kept for problems."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, ParseError

from sekisho.model.problem import BadInput, Problem

MAX_BYTES = 128 * 1024 * 1024
LINE = "{sekisho}line"


def parse_xml(data: bytes, where: str) -> Element:
    """Parse ``data``; every element gets its source line in attribute ``LINE``.

    Raises ``BadInput`` for a file that is too large, broken, or carries a document type or entities.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    class WithLines(DefusedXMLParser):
        def _start(self, tag: str, attributes: Any) -> Element:
            element: Element = super()._start(tag, attributes)  # type: ignore[misc]
            element.set(LINE, str(self.parser.CurrentLineNumber))
            return element

    if len(data) > MAX_BYTES:
        says = f"the file has {len(data):,} bytes; more than {MAX_BYTES:,} are not read"
        raise BadInput([Problem("text.too-large", where, says, "give the one part or law, not a whole code")])
    parser = WithLines(forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException:
        says = "the file declares a document type or entities, which are not read"
        raise BadInput([Problem("text.xml-unsafe", where, says, "take the file from the publisher again")]) from None
    except ParseError as error:
        line, column = error.position
        says = f"this is not well-formed XML: {error}"
        hint = "the file is cut short or damaged; take it from the publisher again"
        raise BadInput([Problem("text.xml-broken", f"{where}:{line}:{column}", says, hint)]) from None
    return root


def line_of(element: Element) -> int:
    """The source line where the element starts, 0 when it was made by hand."""
    return int(element.get(LINE, "0"))
