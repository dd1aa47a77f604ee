"""The formats on the command line; each reader's module is imported only when its format is used."""

from __future__ import annotations

from importlib import import_module

from sekisho.feeds.lists.reading import Format
from sekisho.model.problem import BadInput, Problem

# format -> module, name of the Format in it
_WHERE = {
    "ofac-xml": ("ofac_xml", "FORMAT"),
    "ofac-csv": ("ofac_csv", "FORMAT"),
    "csl-csv": ("csl", "CSV"),
    "csl-json": ("csl", "JSON"),
    "bis-entity-list": ("bis_entity_list", "FORMAT"),
    "un-xml": ("un_xml", "FORMAT"),
    "eu-fsf": ("eu_fsf", "FORMAT"),
    "meti-feul": ("meti_feul", "FORMAT"),
    "ftm": ("ftm", "FORMAT"),
}
NAMES = tuple(_WHERE)


def format_called(name: str) -> Format:
    """Give the format called ``name``; ``BadInput`` names the formats when there is none."""
    if name not in _WHERE:
        from difflib import get_close_matches

        near = get_close_matches(name, NAMES, n=1)
        hint = (f"did you mean {near[0]}? " if near else "") + f"formats are {', '.join(NAMES)}"
        raise BadInput([Problem("list.format", name, "there is no such format", hint)])
    module, attribute = _WHERE[name]
    found: Format = getattr(import_module(f"sekisho.feeds.lists.{module}"), attribute)
    return found
