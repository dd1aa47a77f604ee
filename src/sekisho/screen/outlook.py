"""The quick look at candidates: bounds instead of an alignment, for all candidates of a name in one go."""

from __future__ import annotations

import math

import numpy as np

from sekisho.screen.align import (
    AGREEING,
    ALIKE_AT_MOST,
    ASKED_TYPE,
    FOREIGN,
    LEFT_ASKED,
    LEFT_LISTED,
    MATCHED,
    PLAIN_ASKED,
    PLAIN_LISTED,
    SPELLING,
    STRONG,
    TYPE,
    WEAK,
    Asked,
    places,
)
from sekisho.screen.compiled import compiled
from sekisho.screen.features import LEFTOVERS, ceiling
from sekisho.screen.lexicon import INITIAL, NUMBER, PLAIN
from sekisho.screen.neighbours import OTHER_SCRIPT, at_most_alike
from sekisho.screen.tables import Floats, Ints, Tables


@compiled
def promising(
    tables: Tables, asked: Asked, touched_names: Ints, count: int, points: Floats, least: float, record: Floats
) -> int:
    """Keep, of ``touched_names[:count]``, those that may reach ``least`` points; give their number.

    For each the record is filled with bounds: no less agreeing and no more left over than any alignment can have. What
    cannot reach the threshold on these bounds cannot reach it at all. Arrays are taken out of their tuples once: a call
    that hands the tuples on would cost more than the look.
    """
    name_first, name_word, name_type, name_weak = (
        tables.name_first,
        tables.name_word,
        tables.name_type,
        tables.name_weak,
    )
    word_weight, word_kind = tables.name_word_weight, tables.name_word_kind
    asked_word_turn, asked_word_edge = asked.word_turn, asked.word_edge
    asked_edge_at, asked_edge_span, asked_edge_sim = asked.edge_at, asked.edge_span, asked.edge_sim
    asked_edge_next, asked_weight, asked_kind = asked.edge_next, asked.weight, asked.kind
    asked_join_name, asked_join_at = asked.join_name, asked.join_at
    asked_join_place, asked_join_span = asked.join_place, asked.join_span
    words, joins, asked_type, turn = asked.size[0], asked.size[2], asked.size[3], asked.size[4]
    filtered = np.uint64(0)  # most listed words are of no interest, and this tells so without looking them up
    for e in range(asked.size[1]):
        filtered |= np.uint64(1) << np.uint64(asked.edge_word[e] & 63)
    word_sign, fold_first = tables.word_sign, tables.fold_first
    asked_word, asked_sign, asked_size = asked.word, asked.sign, asked.fold_size
    asked_edge_how = asked.edge_how
    extra = points[LEFTOVERS] * np.float32(ALIKE_AT_MOST)
    whole = np.float32(0)
    asked_letters = 0
    for i in range(words):
        whole += asked_weight[i]
        if asked_kind[i] == INITIAL:
            asked_letters += 1
        elif asked.second[i]:
            asked_letters += 2
    base = points[0] + points[8] * np.float32(1.0 - math.exp(-whole / 1.3))
    kept = 0
    for c in range(count):
        name = touched_names[c]
        first = name_first[name]
        listed = name_first[name + 1] - first
        matched = np.float32(0)
        left_listed = np.float32(0)
        plain_listed = 0
        letters = 0
        touched = np.int64(0)
        heard = np.int64(0)
        name_word_heard = np.int64(0)
        joined = False
        foreign = True
        heard_words = 0
        for e in range(joins):
            if asked_join_name[e] == name:
                touched |= np.int64(1) << np.int64(asked_join_at[e])
                heard |= places(asked_join_place[e], asked_join_span[e], listed)
                matched += asked_weight[asked_join_at[e]]
                joined = True
                foreign = False
        name_word_heard |= heard
        miss = np.float32(1)
        for j in range(listed):
            word = name_word[first + j]
            weight = word_weight[first + j]
            kind = word_kind[first + j]
            if kind == INITIAL:
                letters += 1
            if filtered >> np.uint64(word & 63) & np.uint64(1) and asked_word_turn[word] == turn:
                name_word_heard |= np.int64(1) << np.int64(j)
                heard_words += 1
                most = np.float32(0)
                nearest = np.float32(0)
                e = asked_word_edge[word]
                while e >= 0:
                    i = asked_edge_at[e]
                    mine = asked_weight[i]
                    touched |= np.int64(1) << np.int64(i)
                    for more in range(1, asked_edge_span[e]):
                        mine += asked_weight[i + more]
                        touched |= np.int64(1) << np.int64(i + more)
                    most = max(most, min(mine, weight))
                    nearest = max(nearest, asked_edge_sim[e])
                    if asked_edge_how[e] != OTHER_SCRIPT:
                        foreign = False
                    e = asked_edge_next[e]
                matched += most
                miss = min(miss, 1 - nearest)
            elif not heard >> j & 1:
                left_listed += weight
                if kind == PLAIN:
                    plain_listed += 1
        left_asked = np.float32(0)
        plain_asked = 0
        touched_words = 0
        agreeing = np.float32(0)
        for i in range(words):
            if touched >> i & 1:
                touched_words += 1
                agreeing += asked_weight[i]
            else:
                left_asked += asked_weight[i]
                if asked_kind[i] == PLAIN:
                    plain_asked += 1
        initials = letters + asked_letters
        matched = min(matched, agreeing) + np.float32(0.12) * initials
        less_asked = max(left_asked - letters, np.float32(0))
        less_listed = max(left_listed - asked_letters, np.float32(0))
        fewer_asked = max(plain_asked - letters, 0)
        fewer_listed = max(plain_listed - asked_letters, 0)
        quick = base + points[1] * matched / (matched + less_asked) + points[2] * matched / (matched + less_listed)
        quick += points[18] * fewer_asked / (1 + fewer_asked) + points[19] * fewer_listed / (1 + fewer_listed)
        if quick + extra < least - 0.001:
            continue
        record[MATCHED] = matched
        record[LEFT_ASKED] = less_asked
        record[LEFT_LISTED] = less_listed
        record[PLAIN_ASKED] = fewer_asked
        record[PLAIN_LISTED] = fewer_listed
        record[AGREEING] = agreeing
        sure = not joined and initials == 0  # no word is nearer than the nearest, none is of the asked script
        record[SPELLING] = miss * matched if sure else 0.0
        record[FOREIGN] = matched if sure and foreign else 0.0
        record[TYPE] = name_type[name]
        record[ASKED_TYPE] = asked_type
        record[WEAK] = name_weak[name]
        total = ceiling(record, points)
        if total < least - 0.001:
            if total + extra < least - 0.001:
                continue
            # words on one side that compete for one word of the other may be left over after all
            unsettled = initials > 0 or joined or heard_words != touched_words
            resembling = np.float32(ALIKE_AT_MOST) if unsettled else np.float32(0)
            for j in range(listed):
                if resembling > 0 and resembling >= ALIKE_AT_MOST:
                    break
                if name_word_heard >> j & 1 or word_weight[first + j] < STRONG or word_kind[first + j] == NUMBER:
                    continue
                word = name_word[first + j]
                length = fold_first[word + 1] - fold_first[word]
                for i in range(words):
                    if touched >> i & 1 or asked_weight[i] < STRONG or asked_kind[i] == NUMBER:
                        continue
                    d = asked_word[i]
                    resembling = max(resembling, at_most_alike(asked_sign[d], asked_size[d], word_sign[word], length))
            if total + points[LEFTOVERS] * min(resembling, np.float32(ALIKE_AT_MOST)) < least - 0.001:
                continue
        touched_names[kept] = name
        kept += 1
    return kept
