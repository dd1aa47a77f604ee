"""The search: a block of names against the index, in one compiled call without the interpreter.

Exact by construction: a listed name whose agreeing words carry at least ``FLOOR`` of the asked name's weight is always
looked at; postings of the commonest words are skipped only while what is skipped could not reach that floor.
"""

from __future__ import annotations

import numpy as np

from sekisho.screen.align import (
    ALIKE_AT_MOST,
    LEFTOVERS_ALIKE,
    SLOTS,
    Asked,
    align,
    compare_leftovers,
)
from sekisho.screen.assemble import LEAST_JOINED, distinct
from sekisho.screen.compiled import compiled
from sekisho.screen.features import FLOOR, FLOOR_LISTED, LEFTOVERS, admissible, log_odds, points_of, score
from sekisho.screen.fold import LONGEST, Bytes, Y, is_vowel
from sekisho.screen.lexicon import PLAIN, Lexicon
from sekisho.screen.neighbours import MOST_NEIGHBOURS, PARTED, neighbours, sounding_alike
from sekisho.screen.outlook import promising
from sekisho.screen.rooms import (
    EDGES,
    JOINS,
    Near,
    Room,
    Scratch,
    asked_room,
    joining_room,
    pairing_room,
)
from sekisho.screen.study import JOINED, SPELT, joined, sounding_hash, study
from sekisho.screen.tables import Floats, Ints, Tables
from sekisho.screen.tokens import MOST, Words, cut


@compiled
def find_near(tables: Tables, lexicon: Lexicon, words: Words, place: Ints, work: Scratch) -> Near:
    """Study the distinct words of a block and find the neighbours of each, once."""
    count = place.size
    as_one = np.zeros(count, dtype=np.uint64)
    kind = np.empty(count, dtype=np.uint8)
    weight = np.empty(count, dtype=np.float32)
    folds = np.zeros((count, LONGEST), dtype=np.uint8)
    sizes = np.empty(count, dtype=np.int32)
    signs = np.empty(count, dtype=np.uint64)
    first = np.zeros(count + 1, dtype=np.int32)
    word = np.empty(count * 8 + MOST_NEIGHBOURS, dtype=np.int32)
    sim = np.empty(count * 8 + MOST_NEIGHBOURS, dtype=np.float32)
    how = np.empty(count * 8 + MOST_NEIGHBOURS, dtype=np.uint8)
    sounding = np.empty(LONGEST, dtype=np.uint8)
    used = 0
    for d in range(count):
        w = place[d]
        script = words.script[w]
        raw, entry, kind[d], weight[d], sizes[d], signs[d] = study(
            words.text, words.start[w], words.end[w], script, lexicon, folds[d]
        )
        if used + MOST_NEIGHBOURS > word.size:
            size = word.size * 2
            more_word = np.empty(size, dtype=np.int32)
            more_sim = np.empty(size, dtype=np.float32)
            more_how = np.empty(size, dtype=np.uint8)
            more_word[:used] = word[:used]
            more_sim[:used] = sim[:used]
            more_how[:used] = how[:used]
            word, sim, how = more_word, more_sim, more_how
        value, length = sounding_hash(folds[d], sizes[d], JOINED, sounding)
        if length >= LEAST_JOINED:
            as_one[d] = value
        work.turn[0] += 1
        used += neighbours(
            tables, lexicon, raw, folds[d], sizes[d], script, kind[d], entry, signs[d], work.word_turn, work.turn[0],
            word[used:], sim[used:], how[used:],
        )  # fmt: skip
        first[d + 1] = used
    return Near(as_one, kind, weight, folds, sizes, signs, first, word, sim, how)


@compiled
def prepare(
    tables: Tables, words: Words, number: Ints, near: Near, name: int, kind: int, asked: Asked, room: Room, turn: int
) -> None:
    """Lay out one asked name: its words, edges to listed words, and listed words written apart."""
    n_first = near.first
    n_how = near.how
    n_joined = near.joined
    n_kind = near.kind
    n_sim = near.sim
    n_weight = near.weight
    n_word = near.word
    w_end = words.end
    w_first = words.first
    w_start = words.start
    w_text = words.text
    q_edge_at = asked.edge_at
    q_edge_how = asked.edge_how
    q_edge_next = asked.edge_next
    q_edge_sim = asked.edge_sim
    q_edge_span = asked.edge_span
    q_edge_word = asked.edge_word
    q_join_at = asked.join_at
    q_join_name = asked.join_name
    q_join_place = asked.join_place
    q_join_span = asked.join_span
    q_kind = asked.kind
    q_letter = asked.letter
    q_second = asked.second
    q_size = asked.size
    q_weight = asked.weight
    q_word = asked.word
    q_word_edge = asked.word_edge
    q_word_turn = asked.word_turn
    t_fold_first = tables.fold_first
    t_fold_text = tables.fold_text
    t_key_first = tables.key_first
    t_key_print = tables.key_print
    t_key_word = tables.key_word
    t_pair_at = tables.pair_at
    t_pair_first = tables.pair_first
    t_pair_name = tables.pair_name
    t_pair_print = tables.pair_print
    t_pair_span = tables.pair_span
    begin = w_first[name]
    count = w_first[name + 1] - begin
    edges = 0
    joins = 0
    fold, both, sounding, found, sims = room
    mask = np.uint64(t_pair_first.size - 2)
    key_mask = np.uint64(t_key_first.size - 2)
    for i in range(count):
        d = number[begin + i]
        q_weight[i] = n_weight[d]
        q_kind[i] = n_kind[d]
        q_letter[i] = w_text[w_start[begin + i]]
        at_word = begin + i
        two = w_end[at_word] - w_start[at_word] == 2 and q_kind[i] == PLAIN and not is_vowel(q_letter[i])
        second = w_text[w_start[at_word] + 1] if two else np.uint8(0)
        q_second[i] = second if two and not is_vowel(second) and second != Y else 0
        q_word[i] = d
        for e in range(n_first[d], n_first[d + 1]):
            if edges < EDGES:
                q_edge_at[edges] = i
                q_edge_span[edges] = 1
                q_edge_word[edges] = n_word[e]
                q_edge_sim[edges] = n_sim[e]
                q_edge_how[edges] = n_how[e]
                edges += 1
        value = n_joined[d]
        if value:
            check = np.uint32(value >> np.uint64(32))
            bucket = np.int64(value & mask)
            for at in range(t_pair_first[bucket], t_pair_first[bucket + 1]):
                if t_pair_print[at] == check and joins < JOINS:
                    q_join_name[joins] = t_pair_name[at]
                    q_join_at[joins] = i
                    q_join_place[joins] = t_pair_at[at]
                    q_join_span[joins] = t_pair_span[at]
                    joins += 1
    for i in range(count - 1):
        for span in (2, 3):
            if span == 3 and not (i + 2 < count and q_kind[i + 1] == 3):
                continue
            size = joined(w_text, w_start, w_end, begin + i, span, fold, both)
            value, length = sounding_hash(fold, size, SPELT, sounding)
            if length < LEAST_JOINED:
                continue
            bucket = np.int64(value & key_mask)
            begin_at, end_at = t_key_first[bucket], t_key_first[bucket + 1]
            if begin_at == end_at:
                continue
            hits = sounding_alike(
                t_key_word, t_key_print, t_fold_text, t_fold_first, begin_at, end_at,
                fold, size, sounding, length, value, found, sims,
            )  # fmt: skip
            for h in range(hits):
                if edges < EDGES:
                    q_edge_at[edges] = i
                    q_edge_span[edges] = span
                    q_edge_word[edges] = found[h]
                    q_edge_sim[edges] = sims[h]
                    q_edge_how[edges] = PARTED
                    edges += 1
    q_size[0] = count
    q_size[1] = edges
    q_size[2] = joins
    q_size[3] = kind
    q_size[4] = turn
    for e in range(edges):
        word = q_edge_word[e]
        q_edge_next[e] = q_word_edge[word] if q_word_turn[word] == turn else -1
        q_word_edge[word] = e
        q_word_turn[word] = turn


@compiled
def candidates(tables: Tables, asked: Asked, work: Scratch) -> int:
    """Collect the names that can reach the floor into ``work.touched``; give their number."""
    k_name_sum = work.name_sum
    k_name_turn = work.name_turn
    k_name_word_turn = work.name_word_turn
    k_touched = work.touched
    k_turn = work.turn
    q_edge_at = asked.edge_at
    q_edge_span = asked.edge_span
    q_edge_word = asked.edge_word
    q_join_at = asked.join_at
    q_join_name = asked.join_name
    q_size = asked.size
    q_weight = asked.weight
    t_name_weight = tables.name_weight
    t_post_first = tables.post_first
    t_post_name = tables.post_name
    count = q_size[0]
    total = np.float32(0)
    cost = np.zeros(MOST, dtype=np.int64)
    for i in range(count):
        total += q_weight[i]
    for e in range(q_size[1]):
        word = q_edge_word[e]
        cost[q_edge_at[e]] += t_post_first[word + 1] - t_post_first[word]
    need = np.float32(FLOOR) * total - np.float32(1e-4)
    skipped = np.float32(0)
    skip = np.int64(0)
    while True:  # leave out the longest postings while the rest decides
        worst = -1
        for i in range(count):
            if not skip >> i & 1 and skipped + q_weight[i] < need:
                if worst < 0 or cost[i] * (q_weight[worst] + 0.01) > cost[worst] * (q_weight[i] + 0.01):
                    worst = i
        if worst < 0:
            break
        skip |= np.int64(1) << worst
        skipped += q_weight[worst]
    k_turn[1] += 1
    turn = k_turn[1]
    touched = 0
    for i in range(count):
        if skip >> i & 1:
            continue
        k_turn[2] += 1
        again = k_turn[2]
        for e in range(q_size[1]):
            if not q_edge_at[e] <= i < q_edge_at[e] + q_edge_span[e]:
                continue
            word = q_edge_word[e]
            for at in range(t_post_first[word], t_post_first[word + 1]):
                name = t_post_name[at]
                if k_name_turn[name] != turn:
                    k_name_turn[name] = turn
                    k_name_sum[name] = q_weight[i]
                    k_name_word_turn[name] = again
                    k_touched[touched] = name
                    touched += 1
                elif k_name_word_turn[name] != again:
                    k_name_word_turn[name] = again
                    k_name_sum[name] += q_weight[i]
        for e in range(q_size[2]):
            if q_join_at[e] != i:
                continue
            name = q_join_name[e]
            if k_name_turn[name] != turn:
                k_name_turn[name] = turn
                k_name_sum[name] = q_weight[i]
                k_name_word_turn[name] = again
                k_touched[touched] = name
                touched += 1
            elif k_name_word_turn[name] != again:
                k_name_word_turn[name] = again
                k_name_sum[name] += q_weight[i]
    kept = 0
    for c in range(touched):
        name = k_touched[c]
        most = k_name_sum[name] + skipped
        if most < need or most < FLOOR_LISTED * t_name_weight[name]:
            continue
        k_touched[kept] = name
        kept += 1
    return kept


@compiled
def screen_block(
    tables: Tables,
    lexicon: Lexicon,
    points: Floats,
    work: Scratch,
    block: Bytes,
    names: int,
    kinds: Bytes,
    threshold: float,
    most: int,
) -> tuple[Ints, Ints, Floats, Ints]:
    """Screen a block of names: (place in the block, listed name, score) of every hit, best first by asked name.

    One hit a party (its best name); ``most`` hits a name, and the last array tells how many there were.
    """
    words = cut(block, names)
    number, place = distinct(words)
    near = find_near(tables, lexicon, words, place, work)
    asked = asked_room(work, near)
    chosen = pairing_room()
    joining = joining_room()
    record = np.zeros(SLOTS, dtype=np.float32)
    room = np.zeros(SLOTS, dtype=np.float32)
    hit_at = np.empty(names + 64, dtype=np.int32)
    hit_name = np.empty(names + 64, dtype=np.int32)
    hit_score = np.empty(names + 64, dtype=np.float32)
    met = np.zeros(names, dtype=np.int32)
    hits = 0
    least = log_odds(threshold)
    for n in range(names):
        if words.first[n + 1] == words.first[n]:
            continue
        work.turn[3] += 1
        prepare(tables, words, number, near, n, kinds[n], asked, joining, work.turn[3])
        found = candidates(tables, asked, work)
        found = promising(tables, asked, work.touched, found, points, least, record)
        begin = hits
        for c in range(found):
            name = work.touched[c]
            align(tables, asked, name, record, chosen)
            if not admissible(record):
                continue
            total = points_of(record, points, room)
            if total + points[LEFTOVERS] * ALIKE_AT_MOST < least:
                continue
            if points[LEFTOVERS] > 0:
                compare_leftovers(tables, asked, name, record)
                total += points[LEFTOVERS] * record[LEFTOVERS_ALIKE]
            if total < least:
                continue
            mark = np.float32(score(total))
            party = tables.name_party[name]
            better = hits
            for h in range(begin, hits):
                if tables.name_party[hit_name[h]] == party:
                    better = h
                    break
            if better < hits:
                if mark > hit_score[better] or (mark == hit_score[better] and name < hit_name[better]):
                    hit_name[better] = name
                    hit_score[better] = mark
                continue
            if hits == hit_at.size:
                more_at = np.empty(hits * 2, dtype=np.int32)
                more_name = np.empty(hits * 2, dtype=np.int32)
                more_score = np.empty(hits * 2, dtype=np.float32)
                more_at[:hits] = hit_at
                more_name[:hits] = hit_name
                more_score[:hits] = hit_score
                hit_at, hit_name, hit_score = more_at, more_name, more_score
            hit_at[hits] = n
            hit_name[hits] = name
            hit_score[hits] = mark
            hits += 1
        met[n] = hits - begin
        for h in range(begin + 1, hits):  # insertion sort: best first, then by listed name
            mark = hit_score[h]
            name = hit_name[h]
            at = h - 1
            while at >= begin and (hit_score[at] < mark or (hit_score[at] == mark and hit_name[at] > name)):
                hit_score[at + 1] = hit_score[at]
                hit_name[at + 1] = hit_name[at]
                at -= 1
            hit_score[at + 1] = mark
            hit_name[at + 1] = name
        hits = min(hits, begin + most)
    return hit_at[:hits].copy(), hit_name[:hits].copy(), hit_score[:hits].copy(), met
