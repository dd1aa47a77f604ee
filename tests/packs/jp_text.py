"""Reads the Japanese lists and, a second time and on purpose apart from any reader of the product, the statute."""

import re
import tomllib
from functools import cache

from shared_data import REPOSITORY, shared_data

LISTS = REPOSITORY / "packs" / "jp" / "lists"
NAMES = ["table-1", "feo-table", "table-2", "table-2-3"]


@cache
def book(name):
    with (LISTS / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def entries(name):
    return book(name)["entry"]


def paths(name):
    return {entry["path"] for entry in entries(name)}


def rows(name):
    """Main rows only: paths without a bracket."""
    return [entry for entry in entries(name) if "(" not in entry["path"]]


def subs(name, row):
    return {p[len(row) + 1 : -1] for p in paths(name) if p.startswith(row + "(")}


def cited(entry, *keys):
    return [one for key in keys for one in entry.get(key, "").split(", ") if one]


# ---- numerals

DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")}
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
KANA = {
    "イ": "i", "ロ": "ro", "ハ": "ha", "ニ": "ni", "ホ": "ho", "ヘ": "he", "ト": "to", "チ": "chi", "リ": "ri",
    "ヌ": "nu", "ル": "ru", "ヲ": "wo", "ワ": "wa", "カ": "ka",
    "ヨ": "yo", "タ": "ta", "レ": "re", "ソ": "so", "ツ": "tsu",
}  # fmt: skip


def arabic(kanji):
    """三十五の二 -> 35-2; both 十 and 一〇 mean 10."""
    done = []
    for part in kanji.split("の"):
        if "十" in part:
            tens, ones = part.split("十")
            done.append((DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0))
        else:
            done.append(int("".join(str(DIGITS[c]) for c in part)))
    return "-".join(map(str, done))


def from_roman(text):
    values = [ROMAN[c] for c in text]
    return sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True))


N = "[〇一二三四五六七八九十]+(?:の[一二三四五六七八九十]+)?"


# ---- texts


@cache
def law(number):
    """A statute by its e-Gov number; the test that asks is skipped when there is no copy."""
    return shared_data("law", "jp-egov", f"{number}.md").read_text(encoding="utf-8")


def order():
    return law("324CO0000000378")


def goods_ordinance():
    return law("403M50000400049")


def table(text, title):
    """Row -> its cells, from the table under a bold title."""
    body = text.split(f"\n**{title}**\n", 1)[1].split("\n**", 1)[0]
    found = {}
    for line in body.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if re.fullmatch(N, cells[0]):
            found[arabic(cells[0])] = cells[1:]
    return found


def numbered(cell):
    """Sub-row -> its words; a number counts only with the wide space that follows it."""
    pieces = re.split(rf"（({N})）　", cell)
    return {arabic(n): words for n, words in zip(pieces[1::2], pieces[2::2], strict=True)}


TEXTS = {"table-1": ("324CO0000000378", "別表第一"), "feo-table": ("355CO0000000260", "別表")}


@cache
def ordinance_units():
    """Live units of the goods ordinance as cited: items of a one-paragraph article, else its paragraphs."""
    text = goods_ordinance().split("\n## 附則", 1)[0]
    articles, number, paragraph = {}, None, 1
    for line in text.splitlines():
        if found := re.match(r"\*\*第([一二三四五六七八九十]+)条(の[一二三]+)?(?:（.*?）)?\*\*", line):
            number, paragraph = arabic(found[1] + (found[2] or "")), 1
            articles[number] = {"items": [], "paragraphs": {1: line}}
        elif found := re.match(r"\*\*([１-９])\*\*", line):
            paragraph = int(found[1])
            articles[number]["paragraphs"][paragraph] = line
        elif (found := re.match(rf"- ({N})　(.*)", line)) and not found[2].startswith("削除"):
            articles[number]["items"].append((paragraph, arabic(found[1])))
    return articles


def citation(text):
    """'9(ix-2)イ' -> ('9', 'item', '9-2'); '2-2(1)' -> ('2-2', 'paragraph', '1'); '7' -> ('7', 'article', '')."""
    found = re.fullmatch(r"(\d+(?:-\d)?)(?:\(([ivxl]+|\d+)(-\d)?\)([ァ-ヶ])?)?", text)
    assert found, text
    article, number, second, _ = found.groups()
    if not number:
        return article, "article", ""
    if number.isdigit():
        return article, "paragraph", number
    return article, "item", str(from_roman(number)) + (second or "")
