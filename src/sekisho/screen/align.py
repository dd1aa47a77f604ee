"""Which word of the asked name stands for which word of a listed name, and what is left over on either side."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sekisho.screen.compiled import compiled
from sekisho.screen.distance import ROWS, likeness
from sekisho.screen.fold import Bytes
from sekisho.screen.lexicon import FILIATION, GENERIC, INITIAL, NUMBER, PARTICLE, PLAIN
from sekisho.screen.neighbours import BY_INITIAL, OTHER_SCRIPT, PARTED, SAYS_SAME
from sekisho.screen.tables import Floats, Hashes, Ints, Tables
from sekisho.screen.tokens import MOST

MOST_EDGES = 128
ALIKE_AT_MOST = 0.74  # left-over words more alike than this would have been paired
STRONG = 0.28  # a word of at least this weight can identify

# Slots of the record that the features read. Weights are those of words (a rare word: 1).
(
    MATCHED, LEFT_ASKED, LEFT_LISTED, SPELLING, WORST, STRONG_PAIRS, NUMBERS_ASKED, NUMBERS_LISTED, NUMBERS_SAME,
    TURNED, INITIALS, PARTS, SAID, FOREIGN, HEAVIEST_ASKED, HEAVIEST_LISTED, LEFTOVERS_ALIKE, TYPE, WEAK, WORDS_ASKED,
    WORDS_LISTED, CONTENT_PAIRS, ASKED_TYPE, PLAIN_ASKED, PLAIN_LISTED, GENERIC_ASKED, GENERIC_LISTED,
    AGREEING, TOTAL_ASKED, TOTAL_LISTED, MATCHED_BARE,
    TAKEN, GIVEN, FILIATIONS,
) = range(34)  # fmt: skip
SLOTS = 36


class Asked(NamedTuple):
    """One asked name, ready to be held against listed ones. ``size`` is (words, edges, joined finds, type, turn)."""

    size: Ints
    weight: Floats
    kind: Bytes
    letter: Bytes
    second: Bytes  # the second letter of words of two consonants (JC), else 0
    word: Ints  # number of each word among the block's distinct words
    fold: Bytes  # folded forms of the block's distinct words
    fold_size: Ints
    sign: Hashes
    edge_at: Bytes
    edge_span: Bytes
    edge_word: Ints
    edge_sim: Floats
    edge_how: Bytes
    edge_next: Ints  # the next edge to the same listed word, -1 at the end
    word_edge: Ints  # by listed word: its first edge, where ``word_turn`` is this name's turn (``size[4]``)
    word_turn: Ints
    join_name: Ints
    join_at: Bytes
    join_place: Bytes
    join_span: Bytes
    edge: Bytes  # working rows of the alignment: place, words, place, words, how
    edge_value: Floats  # working rows: likeness, gain


class Pairing(NamedTuple):
    """The chosen pairs of the last alignment, for the explanation: rows of (place, words, place, words, how)."""

    rows: Bytes
    sim: Floats


@compiled
def align(tables: Tables, asked: Asked, name: int, record: Floats, chosen: Pairing) -> int:
    """Pair the words of the asked name with those of ``name``; fill ``record``; give the number of pairs."""
    c_rows = chosen.rows
    c_sim = chosen.sim
    q_edge = asked.edge
    q_edge_at = asked.edge_at
    q_edge_how = asked.edge_how
    q_edge_next = asked.edge_next
    q_edge_sim = asked.edge_sim
    q_edge_span = asked.edge_span
    q_edge_value = asked.edge_value
    q_join_at = asked.join_at
    q_join_name = asked.join_name
    q_join_place = asked.join_place
    q_join_span = asked.join_span
    q_kind = asked.kind
    q_letter = asked.letter
    q_second = asked.second
    q_size = asked.size
    q_weight = asked.weight
    q_word_edge = asked.word_edge
    q_word_turn = asked.word_turn
    t_name_first = tables.name_first
    t_name_type = tables.name_type
    t_name_weak = tables.name_weak
    t_name_weight = tables.name_weight
    t_name_word = tables.name_word
    t_name_word_kind = tables.name_word_kind
    t_name_word_weight = tables.name_word_weight
    t_word_first = tables.word_first
    t_word_text = tables.word_text
    first = t_name_first[name]
    listed = t_name_first[name + 1] - first
    words = q_size[0]
    at = q_edge[0]
    span = q_edge[1]
    place = q_edge[2]
    width = q_edge[3]
    how = q_edge[4]
    sim = q_edge_value[0]
    gain = q_edge_value[1]
    edges = 0
    for j in range(listed):
        word = t_name_word[first + j]
        if q_word_turn[word] != q_size[4]:
            continue
        e = q_word_edge[word]
        while e >= 0 and edges < MOST_EDGES:
            i = q_edge_at[e]
            at[edges] = i
            span[edges] = q_edge_span[e]
            place[edges] = j
            width[edges] = 1
            sim[edges] = q_edge_sim[e]
            weight = q_weight[i]
            for more in range(1, q_edge_span[e]):
                weight += q_weight[i + more]
            gain[edges] = q_edge_sim[e] * (weight + t_name_word_weight[first + j]) - 0.001 * abs(i - j)
            how[edges] = q_edge_how[e]
            edges += 1
            e = q_edge_next[e]
    for e in range(q_size[2]):
        if q_join_name[e] == name and edges < MOST_EDGES:
            i = q_join_at[e]
            j = q_join_place[e]
            at[edges] = i
            span[edges] = 1
            place[edges] = j
            width[edges] = q_join_span[e]
            sim[edges] = 0.95
            weight = q_weight[i]
            for more in range(q_join_span[e]):
                weight += t_name_word_weight[first + (j + more) % listed]
            gain[edges] = 0.95 * weight
            how[edges] = PARTED
            edges += 1
    record[:] = 0.0
    taken = np.int64(0)
    given = np.int64(0)
    pairs = 0
    while True:
        best = -1
        for e in range(edges):
            if gain[e] > 0 and (best < 0 or gain[e] > gain[best]):
                mine = ((np.int64(1) << np.int64(span[e])) - 1) << np.int64(at[e])
                theirs = places(place[e], width[e], listed)
                if mine & taken or theirs & given:
                    gain[e] = -1.0
                else:
                    best = e
        if best < 0:
            break
        taken |= ((np.int64(1) << np.int64(span[best])) - 1) << np.int64(at[best])
        given |= places(place[best], width[best], listed)
        gain[best] = -1.0
        mine_weight = np.float32(0)
        for more in range(span[best]):
            mine_weight += q_weight[at[best] + more]
        their_weight = np.float32(0)
        for more in range(width[best]):
            their_weight += t_name_word_weight[first + (place[best] + more) % listed]
        weight = min(mine_weight, their_weight)
        record[MATCHED] += weight
        record[AGREEING] += mine_weight
        miss = 1.0 - sim[best]
        record[SPELLING] += weight * miss
        if weight >= STRONG:
            record[STRONG_PAIRS] += 1
            record[WORST] = max(record[WORST], miss)
        if how[best] == PARTED:
            record[PARTS] += 1
        elif how[best] == SAYS_SAME:
            record[SAID] += weight
        elif how[best] == OTHER_SCRIPT:
            record[FOREIGN] += weight
        kind = q_kind[at[best]]
        if kind == NUMBER:
            record[NUMBERS_SAME] += 1
        if kind == PLAIN or kind == GENERIC or kind == NUMBER:
            record[CONTENT_PAIRS] += 1
        elif kind == FILIATION:
            record[FILIATIONS] += 1
            record[CONTENT_PAIRS] += 0.67
        elif kind == INITIAL or kind == PARTICLE:
            record[CONTENT_PAIRS] += 0.67  # three letters or articles are a name too: AT&T
        c_rows[pairs, 0] = at[best]
        c_rows[pairs, 1] = span[best]
        c_rows[pairs, 2] = place[best]
        c_rows[pairs, 3] = width[best]
        c_rows[pairs, 4] = how[best]
        c_sim[pairs] = sim[best]
        pairs += 1
    if pairs > 2:
        record[TURNED] = (descents(chosen, pairs) - 1) / (pairs - 1)
    record[MATCHED_BARE] = record[MATCHED]
    # initials: one letter on a side stands for a left-over word of the other that begins with it
    for i in range(words):
        if taken >> i & 1:
            continue
        for j in range(listed):
            if given >> j & 1:
                continue
            word = t_name_word[first + j]
            theirs_one = t_name_word_kind[first + j] == INITIAL
            mine_one = q_kind[i] == INITIAL
            other = q_kind[i] if theirs_one else t_name_word_kind[first + j]
            if mine_one == theirs_one or other not in (PLAIN, GENERIC):
                continue
            if t_word_text[t_word_first[word]] != q_letter[i] or pairs >= MOST:
                continue
            taken |= np.int64(1) << i
            given |= np.int64(1) << j
            record[INITIALS] += 1
            record[MATCHED] += 0.12
            record[SPELLING] += 0.03
            c_rows[pairs, 0] = i
            c_rows[pairs, 1] = 1
            c_rows[pairs, 2] = j
            c_rows[pairs, 3] = 1
            c_rows[pairs, 4] = BY_INITIAL
            c_sim[pairs] = 0.75
            pairs += 1
            break
    for i in range(words):  # two letters for two left-over words that follow each other: JC, Jean-Claude
        if taken >> i & 1 or q_second[i] == 0 or pairs >= MOST:
            continue
        for j in range(listed - 1):
            if given >> j & 1 or given >> (j + 1) & 1:
                continue
            one = t_word_text[t_word_first[t_name_word[first + j]]]
            two = t_word_text[t_word_first[t_name_word[first + j + 1]]]
            if one == q_letter[i] and two == q_second[i]:
                taken |= np.int64(1) << i
                given |= np.int64(3) << j
                record[INITIALS] += 2
                record[MATCHED] += 0.24
                record[SPELLING] += 0.06
                c_rows[pairs, 0] = i
                c_rows[pairs, 1] = 1
                c_rows[pairs, 2] = j
                c_rows[pairs, 3] = 2
                c_rows[pairs, 4] = BY_INITIAL
                c_sim[pairs] = 0.75
                pairs += 1
                break
    for i in range(words):
        record[TOTAL_ASKED] += q_weight[i]
        if taken >> i & 1:
            continue
        weight = q_weight[i]
        record[LEFT_ASKED] += weight
        if q_kind[i] == NUMBER:
            record[NUMBERS_ASKED] += 1
        else:
            record[HEAVIEST_ASKED] = max(record[HEAVIEST_ASKED], weight)
            if q_kind[i] == PLAIN:
                record[PLAIN_ASKED] += 1
            elif q_kind[i] == GENERIC:
                record[GENERIC_ASKED] += 1
    for j in range(listed):
        if given >> j & 1:
            continue
        word = t_name_word[first + j]
        weight = t_name_word_weight[first + j]
        record[LEFT_LISTED] += weight
        if t_name_word_kind[first + j] == NUMBER:
            record[NUMBERS_LISTED] += 1
        else:
            record[HEAVIEST_LISTED] = max(record[HEAVIEST_LISTED], weight)
            if t_name_word_kind[first + j] == PLAIN:
                record[PLAIN_LISTED] += 1
            elif t_name_word_kind[first + j] == GENERIC:
                record[GENERIC_LISTED] += 1
    record[TOTAL_LISTED] = t_name_weight[name]
    record[TYPE] = t_name_type[name]
    record[WEAK] = t_name_weak[name]
    record[WORDS_ASKED] = words
    record[WORDS_LISTED] = listed
    record[ASKED_TYPE] = q_size[3]
    record[TAKEN] = taken
    record[GIVEN] = given
    return pairs


@compiled
def places(first: int, count: int, listed: int) -> int:
    """Give places as bits; a pair of words written as one may run from the last word to the first."""
    bits = np.int64(0)
    for more in range(count):
        bits |= np.int64(1) << ((np.int64(first) + more) % listed)
    return bits


@compiled
def descents(chosen: Pairing, pairs: int) -> int:
    """Count the steps back when the paired words are read around in the asked order: 1 for a mere rotation.

    Moving the family name from one end to the other is a rotation and changes nothing.
    """
    count = 0
    for one in range(pairs):
        after = -1  # the pair whose asked place comes next, around the circle
        first = one
        for other in range(pairs):
            if chosen.rows[other, 0] > chosen.rows[one, 0]:
                if after < 0 or chosen.rows[other, 0] < chosen.rows[after, 0]:
                    after = other
            if chosen.rows[other, 0] < chosen.rows[first, 0]:
                first = other
        if after < 0:
            after = first
        if chosen.rows[after, 2] < chosen.rows[one, 2]:
            count += 1
    return count


@compiled
def compare_leftovers(tables: Tables, asked: Asked, name: int, record: Floats) -> None:
    """Fill in how alike the most alike two left-over words are: a far misspelling is less of a contradiction."""
    q_fold = asked.fold
    q_fold_size = asked.fold_size
    q_kind = asked.kind
    q_size = asked.size
    q_weight = asked.weight
    q_word = asked.word
    t_fold_first = tables.fold_first
    t_fold_text = tables.fold_text
    t_name_first = tables.name_first
    t_name_word = tables.name_word
    t_name_word_kind = tables.name_word_kind
    t_name_word_weight = tables.name_word_weight
    if record[HEAVIEST_ASKED] < STRONG or record[HEAVIEST_LISTED] < STRONG or record[MATCHED] == 0:
        return
    first = t_name_first[name]
    taken = np.int64(record[TAKEN])
    given = np.int64(record[GIVEN])
    best = 0.0
    rows = np.empty(ROWS, dtype=np.float32)
    for i in range(q_size[0]):
        if taken >> i & 1 or q_weight[i] < STRONG or q_kind[i] == NUMBER:
            continue
        for j in range(t_name_first[name + 1] - first):
            word = t_name_word[first + j]
            if given >> j & 1 or t_name_word_weight[first + j] < STRONG or t_name_word_kind[first + j] == NUMBER:
                continue
            start = t_fold_first[word]
            size = t_fold_first[word + 1] - start
            mine = q_fold[q_word[i]]
            near = likeness(mine, q_fold_size[q_word[i]], t_fold_text[start : start + size], size, 0, 0.4, rows)
            best = max(best, near)
    record[LEFTOVERS_ALIKE] = min(best, ALIKE_AT_MOST)
