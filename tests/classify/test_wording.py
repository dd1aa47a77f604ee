"""How words join paragraphs, take things out and mention others, in English and Japanese."""

import pytest

from sekisho.classify import wording, wording_ja
from sekisho.classify.definitions import defined_in
from sekisho.classify.mentions import mentions
from sekisho.classify.mentions_ja import Place, row_mentions
from sekisho.classify.mentions_ja import mentions as mentions_ja
from sekisho.classify.numeric_words import numeric_words


@pytest.mark.parametrize(
    ("chapeau", "tails", "join"),
    [
        ("ADCs having any of the following:", [], "or"),
        ("Having all of the following:", [], "and"),
        ("Having both of the following characteristics:", ["and"], "and"),
        ("Equipment, as follows:", [], "or"),
        ("Equipment, as follows:", ["and"], "or"),  # the items of a list, not conditions
        ("Having the following:", ["and"], "and"),
        ("Cameras:", ["", "or"], "or"),
        ("Cameras:", ["", "and"], "and"),
        ("Cameras:", [], ""),
        ("Any of the following, having all of the following:", [], "and"),  # the last one governs what is below
    ],
)
def test_joins(chapeau, tails, join):
    found = wording.connective(chapeau, tails)
    assert found.join == join
    assert bool(found.words) is bool(join)


def test_joins_that_speak_against_each_other_are_told():
    assert "ends in 'and'" in wording.connective("any of the following:", ["and"]).doubt
    assert wording.connective("Cameras:", ["and", "or"]).doubt


def test_tail_words():
    words = ["a; and", "a; or", "b;", "b. and", "brand", "a; and/or"]
    assert [wording.tail_word(text) for text in words] == ["and", "or", "", "and", "", "or"]


def test_exclusions_and_effects():
    [found] = wording.exclusions("Lasers, other than those in 0B001.g.5; having power")
    assert found.words == "other than those in 0B001.g.5"
    effects = [
        wording.note_effect("note", "3A001.a does not apply to toys."),
        wording.note_effect("note", "3A001.a includes FPGAs."),
        wording.note_effect("technical-note", "'Rate' is the rate."),
        wording.note_effect("nota-bene", "See also 3A101."),
    ]
    assert effects == ["excludes", "includes", "defines", "refers"]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("see 3A001.b.2 or b.3", ["3A001.b.2", "3A001.b.3"]),
        ("3A001.a.3 to 3A001.a.10, and .e", ["3A001.a.3", "3A001.a.10", "3A001.e"]),
        ("1C350.b, .c, or .d exceeds", ["1C350.b", "1C350.c", "1C350.d"]),
        ("classified under 0A508. (6) See", ["0A508"]),
        ("controlled by 1B999, n.e.s.", ["1B999"]),
        ("5A001. f.1 and 5A002", ["5A001.f.1", "5A002"]),
        ("paragraph .a of this entry", ["3A999.a"]),
        ("as in paragraph a.1 of Note 2", []),
        ("items in .z paragraphs", []),
        ("EAR99 and § 742.6(a)(6)", []),
        ("5A002a1 and 7A003d2", ["5A002.a.1", "7A003.d.2"]),
    ],
)
def test_mentions(text, targets):
    assert [mention.candidates[0] for mention in mentions(text, "3A999")] == targets


def test_relative_steps_have_two_readings():
    [_, second] = mentions("3A001.a.5.a or .b", "")
    assert second.candidates == ("3A001.b", "3A001.a.5.b")


def test_definitions():
    text = "1. 'Sample rate' is the rate.\n2. A 'track' means equipment.\nNothing 'here'."
    assert [one.term for one in defined_in(text, "x")] == ["Sample rate", "track"]


@pytest.mark.parametrize(
    ("chapeau", "join"),
    [
        ("次のいずれかに該当するもの", "or"),
        ("次のイ及びロに該当するもの", "and"),
        ("次の（一）から（三）までの全てに該当するもの", "and"),
        ("次の１又は２に該当するもの", "or"),
        ("次のいずれにも該当しないもの", "none"),
        ("次に掲げる貨物であつて、仕様のもの", "or"),
        ("装置（次のいずれかに該当するものを除く。）であって、次のイ及びロに該当するもの", "and"),
        ("次の数値未満のもの", ""),
    ],
)
def test_joins_in_japanese(chapeau, join):
    assert wording_ja.connective(chapeau).join == join


def test_parentheses_in_japanese():
    text = "装置（第三号（イに限る。）に該当するものを除く。）又は部分品（以下「部品」という。）"
    assert wording_ja.flat(text) == "装置又は部分品"
    assert [one.words for one in wording_ja.exclusions(text)] == ["第三号（イに限る。）に該当するものを除く。"]
    assert [one.term for one in wording_ja.aliases(text, "1")] == ["部品"]
    assert not wording_ja.balanced("装置（甲")
    assert wording_ja.announced("次のイからハまで（甲を除く。）に該当する") == ("イ", "ハ")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第六条第十七号イ、ロ又はヌからシまで", ["6(xvii)イ", "6(xvii)ロ", "6(xvii)ヌ", "6(xvii)シ"]),
        ("第十四条第一号から第三号まで", ["14(i)", "14(iii)"]),
        ("第四条第十二号に該当する物質、同条第十五号に該当する繊維", ["4(xii)", "4(xv)"]),
        ("前号イに該当する", ["5(i)イ"]),
        ("次項第二号", ["5(2)(ii)"]),
        ("（一）及び（二）に該当", ["(一)", "(二)"]),
        ("法第四十八条第一項", []),
        ("関税率表第八五・二六項", []),
        ("日本産業規格（一九八八）", []),
        ("ハロゲン化物、イオン源", []),
        ("豚ヘルペスウイルス―１、", []),
    ],
)  # fmt: skip
def test_mentions_in_japanese(text, found):
    place = Place("5", "(1)", "(ii)", (("前号", "(i)"), ("次項", "(2)")))
    out = mentions_ja(text, place)[0]
    assert ["".join(mention.steps).replace("5(1)", "5") for mention in out] == found


def test_rows_in_japanese():
    text = "輸出貿易管理令別表第一の一〇の項（二）若しくは（九）から（十一）まで又は一五の項（七）に掲げる貨物（二の項の中欄に掲げるものを除く。）"
    found = [(mention.list, "".join(mention.steps)) for mention in row_mentions(text, "jp-feo")]
    assert found == [
        ("jp-table-1", "10(2)"), ("jp-table-1", "10(9)"), ("jp-table-1", "10(11)"), ("jp-table-1", "15(7)"), ("jp-feo", "2"),
    ]  # fmt: skip


def test_numeric_words():
    text = "A resolution of 8 bit or more, but less than 10 bit, with a rate greater than 1.3 GSPS (see 3A001.a)"
    assert numeric_words(text) == ("8 bit or more", "less than 10 bit", "greater than 1.3 GSPS")
    assert numeric_words("(C.A.S. #7784-34-1) Arsenic trichloride") == ("7784-34-1",)
    assert numeric_words("一・五キロメートル以上、四〇ワットを超えるもの", japanese=True) == (
        "一・五キロメートル以上",
        "四〇ワットを超え",
    )
    assert numeric_words("22 CFR parts 120 through 130") == ()
