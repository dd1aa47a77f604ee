"""From any script to plain letters, one distinct word at a time.

A word in another script becomes ASCII with a leading mark that tells how far its sound can be trusted:

``ABJAD``   Arabic, Hebrew: the vowels are not written, so only consonants may be compared with Latin spellings;
``HAN``     one character is one token; the character itself stays in the token (``li~674e``), so that two
            characters of the same sound are alike and not the same;
``SYLLABIC`` kana, Hangul, Thai, Indic and others whose romanisation differs from what people write.

Cyrillic, Greek, Armenian and Georgian letters have stable romanisations and carry no mark.
The transliteration of letters is anyascii's, with the corrections of ``OWN`` where records use another.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

ABJAD, HAN, SYLLABIC = "\x01", "\x02", "\x03"
MARKS = {ABJAD: 1, HAN: 2, SYLLABIC: 3}

OWN = {
    "х": "kh", "ц": "ts", "щ": "shch", "ю": "yu", "я": "ya", "ъ": "", "ь": "", "ё": "e", "є": "ye", "ї": "yi",
    "ы": "y", "э": "e", "й": "y", "ж": "zh", "ў": "u",
    "ı": "i", "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ə": "a",
    "ñ": "n", "ç": "c", "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‐": "-",
    "‑": "-", "・": " ", "·": " ", "，": ",", "、": ",", "。": ".", "№": " ", "™": " ", "®": " ", "©": " ",
    # Greek as passports write it
    "χ": "ch", "υ": "y", "η": "i", "ω": "o", "φ": "f", "ψ": "ps", "ξ": "x", "θ": "th", "β": "v",
    # Arabic: consonants only; alif, hamza and the vowel marks are not consonants
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ى": "a", "ة": "a", "ء": "", "ئ": "y", "ؤ": "w", "ع": "", "ح": "h",
    "خ": "kh", "غ": "gh", "ث": "th", "ذ": "dh", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ق": "q",
    "ج": "j", "چ": "ch", "ژ": "zh", "گ": "g", "پ": "p", "ک": "k", "ك": "k", "ی": "y", "ي": "y", "ـ": "",
    # Hebrew
    "א": "a", "ע": "a", "ח": "h", "כ": "k", "ך": "k", "צ": "ts", "ץ": "ts", "ש": "sh", "ת": "t", "ט": "t",
    "ק": "k", "ו": "v", "י": "y", "ה": "h", "פ": "p", "ף": "f", "ב": "b", "״": "", "׳": "",
}  # fmt: skip
_VOWELS = set("аеёиоуыэюяіїє")
_HANGUL_FIRST = ["k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "ch", "tch", "ch", "k", "t", "p", "h"]
_HANGUL_VOWEL = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
_HANGUL_LAST = [
    "",
    "k",
    "k",
    "k",
    "n",
    "n",
    "n",
    "t",
    "l",
    "k",
    "m",
    "l",
    "l",
    "l",
    "p",
    "l",
    "m",
    "p",
    "p",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "t",
]
# Kana as the sounds of names, not as the signs: what follows the consonant decides when written small.
_KANA_OWN = {"チ": "ti", "ち": "ti", "ツ": "tu", "つ": "tu", "フ": "hu", "ふ": "hu", "ヴ": "vu", "ジ": "ji", "じ": "ji",
             "ヂ": "ji", "ヅ": "zu", "シ": "shi", "し": "shi"}  # fmt: skip
_KOREAN_NAME = re.compile("[가-힣]{2,4}")
_FOREIGN_IN_HAN = re.compile("[\u3400-\u9fff]+(?:[・·‧•][\u3400-\u9fff]+)+")


def _kind(char: str) -> str:
    """Give the mark of a character's script, "" where romanisation is stable."""
    code = ord(char)
    if code < 0x530 or 0x1E00 <= code < 0x2000 or 0x2C60 <= code < 0x2C80 or 0xA720 <= code < 0xA800:
        return ""
    if 0x590 <= code < 0x780 or 0x8A0 <= code < 0x900 or 0xFB1D <= code < 0xFE00 or 0xFE70 <= code < 0xFF00:
        return ABJAD
    if 0x3400 <= code < 0xA000 or 0xF900 <= code < 0xFB00 or 0x20000 <= code < 0x33480 or char in "〇々":
        return HAN
    if 0x2000 <= code < 0x2C00 or 0x530 <= code < 0x590 or 0x10A0 <= code < 0x1100 or code >= 0xFF00:
        return ""
    return SYLLABIC if char.isalpha() or unicodedata.category(char).startswith("M") else ""


@lru_cache(maxsize=65536)
def _letter(char: str) -> str:
    if (own := OWN.get(char)) is not None:
        return own
    if "가" <= char <= "힣":
        place = ord(char) - 0xAC00
        return (
            _HANGUL_FIRST[place // 588] + _HANGUL_VOWEL[place % 588 // 28] + _HANGUL_LAST[place % 28]
        )  # the romanisation that lists use, between McCune-Reischauer and the South Korean one
    plain = unicodedata.normalize("NFD", char)
    if plain[0].isascii() and plain[0].isalpha():
        return plain[0].lower()
    if unicodedata.category(char).startswith("M") and _kind(char) in ("", ABJAD):
        return ""
    if plain[0] in OWN:
        return OWN[plain[0]]
    made = anyascii(char).lower()
    return made if char.isalnum() or _kind(char) else (made if made.isascii() and not made.isalpha() else " ")


def _runs(word: str) -> list[tuple[str, str]]:
    """Divide a word into runs of one mark each."""
    runs: list[tuple[str, str]] = []
    for char in word:
        if (char in "ーｰ々" and runs) or (unicodedata.category(char).startswith("M") and runs):
            kind = runs[-1][0]
        else:
            kind = _kind(char)
        if runs and runs[-1][0] == kind:
            runs[-1] = (kind, runs[-1][1] + char)
        else:
            runs.append((kind, char))
    return runs


def _han(run: str) -> str:
    return " " + " ".join(f"{HAN}{_letter(char).strip() or 'x'}~{ord(char):x}" for char in run) + " "


def _abjad(run: str) -> str:
    run = run.replace("\u05d2\u05f3", "\u05d2j").replace("\u05e6\u05f3", "\u05e6h")
    letters = "".join(
        "v" if char == "ב" and place else char if char.isascii() else _letter(char) for place, char in enumerate(run)
    ).replace("gj", "j")
    article = letters.startswith("al") and len(letters) > 4 and run.startswith(("ال", "أل"))
    return f" al {ABJAD}{letters[2:]}" if article else ABJAD + letters


def _kana(run: str) -> str:
    made = ""
    for char in run:
        if char in "ーｰッっ":
            continue
        romaji = _KANA_OWN.get(char) or re.sub(r"[^a-z]", "", anyascii(char).lower())
        if char in "ャュョゃゅょ" and made.endswith("i"):
            made = made[:-1] + (romaji[1:] if made[-2:-1] in ("h", "j") or made.endswith(("si", "zi")) else romaji)
        elif char in "ァィゥェォぁぃぅぇぉヮ" and made and made[-1] in "aiueo":
            made = made[:-1] + romaji[-1:]
        else:
            made += romaji
    return made.replace("hua", "fa").replace("hui", "fi").replace("hue", "fe").replace("huo", "fo")


def _syllabic(run: str) -> str:
    if all("가" <= char <= "힣" for char in run):
        return SYLLABIC + "".join(_letter(char) for char in run).replace("lr", "l")
    if any("ぁ" <= char <= "ヿ" for char in run):
        return SYLLABIC + _kana(run)
    return SYLLABIC + re.sub(r"[^a-z]", "", anyascii(run).lower())


def _plain(run: str) -> str:
    out = []
    for place, char in enumerate(run):
        made = _letter(char)
        if char in "еє" and (place == 0 or run[place - 1] in _VOWELS) and _is_cyrillic(run):
            made = "ye"
        out.append(made)
    return "".join(out)


def _is_cyrillic(run: str) -> bool:
    return any("Ѐ" <= char <= "ӿ" for char in run)


# Company forms written in Han characters, kana or Hangul, which are no part of the name.
HAN_FORMS = re.compile(
    "株式会社|有限会社|合同会社|合資会社|一般社団法人|一般財団法人|公益財団法人|股份有限公司|有限責任公司|有限责任公司|有限公司|"
    "株式會社|公司|주식회사|유한회사|\\(株\\)|\\(有\\)|\\(주\\)"
)


def _by_sound(found: re.Match[str]) -> str:
    parts = re.split("[・·‧•]", found.group())
    return " ".join(SYLLABIC + "".join(_letter(char).strip() for char in part) for part in parts)


class Romaniser(dict[str, str]):
    """A memory from a word of any script to its ASCII form with marks; every distinct word is worked out once."""

    def __missing__(self, word: str) -> str:
        plain = unicodedata.normalize("NFKC", word).lower()
        made = "".join(
            {"": _plain, HAN: _han, ABJAD: _abjad, SYLLABIC: _syllabic}[kind](run) for kind, run in _runs(plain)
        )
        made = "".join(char for char in made if char.isascii())
        if len(self) < 2_000_000:
            self[word] = made
        return made

    def text(self, name: str) -> str:
        """Write a whole name in ASCII with marks; words stay separate."""
        if name.isascii():
            return name
        if max(name) >= "\u3000":  # Han, kana, Hangul, full-width letters
            name = _eastern(unicodedata.normalize("NFKC", name))
        elif "\u05d2'" in name:
            name = name.replace("\u05d2'", "\u05d2\u05f3")
        return " ".join([word if word.isascii() else self[word] for word in name.split()])


def _eastern(name: str) -> str:
    """Prepare a name in Eastern letters: foreign names by sound, company forms apart, Korean names by syllable."""
    if len(name) < 6 and _KOREAN_NAME.fullmatch(name.strip()):  # a family name and a given name are written together
        return " ".join([_SYLLABLE[char] for char in name.strip()])
    if _DOTS.search(name) and _FOREIGN_IN_HAN.search(name):
        name = _FOREIGN_IN_HAN.sub(_by_sound, name)
    if len(name) > 4:
        name = HAN_FORMS.sub(" ltd ", name)
    if "々" not in name:
        name = _HAN_RUN.sub(_spelled, name)
    return name


class _Characters(dict[str, str]):
    """A memory from one character to its token."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self.mark = mark

    def __missing__(self, char: str) -> str:
        code = f"~{ord(char):x}" if self.mark == HAN else ""
        made = self[char] = f"{self.mark}{_letter(char).strip() or 'x'}{code}"
        return made


_HAN_CHARACTER = _Characters(HAN)
_SYLLABLE = _Characters(SYLLABIC)
_HAN_RUN = re.compile("[\u3400-\u9fff]+")
_DOTS = re.compile("[・·‧•]")


def _spelled(found: re.Match[str]) -> str:
    return " " + " ".join([_HAN_CHARACTER[char] for char in found.group()]) + " "


ROMANISER = Romaniser()
