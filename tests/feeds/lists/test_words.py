"""Days, places, scripts and ids as the publishers print them."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.feeds.lists import dates, places
from sekisho.feeds.lists.reading import clean
from sekisho.feeds.lists.scripts import script
from sekisho.feeds.lists.uids import UidMaker, slug


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "approximate"),
    [
        ("1961", "1961", "1961", False),
        ("10 Dec 1948", "1948-12-10", "1948-12-10", False),
        ("Sep 1938", "1938-09", "1938-09", False),
        ("circa 07 Jul 1966", "1966-07-07", "1966-07-07", True),
        ("1951 to 1953", "1951", "1953", False),
        ("Mar 1962 to Feb 1963", "1962-03", "1963-02", False),
        ("01 Jan 1961 to 31 Dec 1962", "1961-01-01", "1962-12-31", False),
        ("between 1960 and 1962", "1960", "1962", False),
        ("1968-1973", "1968", "1973", False),
        ("2025年9月29日", "2025-09-29", "2025-09-29", False),
        ("1973-03-25T00:00:00Z", "1973-03-25", "1973-03-25", False),
        ("31 Feb 1960", "", "", False),
        ("30-35 years old", "", "", False),
        ("13 Foo 1960", "", "", False),
    ],
)
def test_dates(text, earliest, latest, approximate):
    found = dates.partial(text)
    assert (found.earliest, found.latest, found.approximate, found.text) == (earliest, latest, approximate, text)


def test_days():
    assert dates.day("2024-02-29") == date(2024, 2, 29)
    assert dates.day("2023-02-29") is None
    assert dates.day("1961") is None
    assert dates.american_day("05/07/2024") == date(2024, 5, 7)
    assert dates.american_day("11/21/11") == date(2011, 11, 21)
    assert dates.american_day("June 21, 2016") == date(2016, 6, 21)
    assert dates.american_day("13/13/2011") is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers_of_words(text):
    dates.partial(text)
    dates.american_day(text)
    places.country_code(text)
    places.split_country(text)
    places.country_at_end(text)
    script(text)
    assert clean(clean(text)) == clean(text)
    assert not [letter for letter in clean(text) if unicodedata.category(letter) in ("Cc", "Cs")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Iran (Islamic Republic of)", "IR"),
        ("Korea, North", "KP"),
        ("DEMOCRATIC PEOPLE'S REPUBLIC OF KOREA", "KP"),
        ("TÜRKIYE", "TR"),
        ("Cote d'Ivoire", "CI"),
        ("Region: Crimea", "UA"),
        ("China, Hong Kong Special Administrative Region", "HK"),
        ("ロシア", "RU"),
        ("us", "US"),
        ("Man, Isle of", "IM"),
        ("Congo", ""),  # two countries bear the name
        ("Atlantis", ""),
        ("zz", ""),
    ],
)
def test_countries(text, code):
    assert places.country_code(text) == code


def test_countries_in_running_text():
    assert places.country_at_end("7 Street, Moscow, Russia.") == "RU"
    assert places.country_at_end("1 Street, Congo, Democratic Republic of the") == "CD"
    assert places.country_at_end("Moscow") == ""
    assert places.split_country("People's Republic of China 23rd Institute") == ("CN", "23rd Institute")
    assert places.split_country("Nowhere Ltd") == ("", "Nowhere Ltd")
    assert places.country_name("IR") == "Iran"
    assert places.country_name("QQ") == "QQ"


def test_scripts():
    names = {"abc": "Latn", "Вымысел": "Cyrl", "虚构": "Hani", "架空のかな": "Jpan", "가상": "Hang", "الخيال": "Arab"}
    assert {text: script(text) for text in names} == names
    assert script("АО Завод Ex") == "Cyrl"
    assert script("12-34") == ""


def test_ids_are_stable_and_never_twice():
    maker = UidMaker("x")
    assert maker.make("CN", "Acme Co., Ltd.") == "x:CN:acme-co-ltd"
    assert maker.make("CN", "ACME  Co Ltd").endswith(":2")
    told = maker.make("CN", "Acme Co., Ltd.", "2015-01-02")
    assert told.startswith("x:CN:acme-co-ltd:")
    assert told == UidMaker("y").make("CN", "z") or len(told.rsplit(":", 1)[1]) == 8
    assert maker.make("", "!!") == "x:ZZ:unnamed"
    assert slug("Établissement Ünique 虚构") == "etablissement-unique-虚构"
    assert len(slug("long " * 40)) <= 72
    assert slug("long " * 40) != slug("long " * 41)
