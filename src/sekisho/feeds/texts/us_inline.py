"""The words of one element of the eCFR markup: superscripts as ``^3``, subscripts and italics as plain words."""

from __future__ import annotations

from xml.etree.ElementTree import Element

_RAISED = {"SU", "sup"}
_RAISED_TYPES = {"51", "53"}  # eCFR emphasis codes: 51, 53 superscript; 52, 54 subscript; 03 italic; 04, 05 bold


def words(element: Element) -> str:
    """Give the element's words on one line."""
    return " ".join(_text(element).split())


def _text(element: Element) -> str:
    out = element.text or ""
    for child in element:
        inner = _text(child)
        if child.tag in _RAISED or (child.tag == "E" and child.get("T") in _RAISED_TYPES):
            out = out.rstrip() + "^" + inner.strip()
        elif child.tag == "E" and child.get("T") in {"52", "54"}:
            out = out.rstrip() + inner.strip()
        elif child.tag in {"P", "FP", "FP-1", "FP-2", "TD", "TH", "br", "HED"}:
            out += f" {inner} "
        elif child.tag == "img":
            out += " [formula shown as a picture] "
        else:
            out += inner
        out += child.tail or ""
    return out
