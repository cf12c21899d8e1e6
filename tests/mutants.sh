#!/bin/sh
# The tests of fairness can fail: the draw is broken on purpose, one way at a time, and a test that knows nothing of how a draw is
# computed must find it.  What compares bytes (vectors, the plain engine) finds every change and is not asked.
#     tests/mutants.sh            all of them, and first that the tests pass as things stand
#     tests/mutants.sh NUMBER     one; 0: as things stand
# Each is built in a copy of the tree and of what is built of it.  The tests:
#     walk      on problems small enough to list all placements that keep the rules, each comes about equally often, and no other
#     match     matches and numbers of classes: all allowed ones come about equally often
#     late      late students: each candidate comes about equally often, in whatever order they are listed
#     rounds    the second of two rounds follows from its own seed
#     evidence  the tests of what is exact, in many draws of one school
#     rules     a log is judged by the rules as they stand in it
# All seeds are fixed: what is found once is found always.
# Not every change is unfair.  Which worsenings are taken changes how soon the start is forgotten, not how often states that keep all rules come; and
# a walk that favours units by their number in the order of the tickets is undone by these, which are new in each draw.
set -u
LC_ALL=C.UTF-8
export LC_ALL
build=${BUILD:-build}
python=${PYTHON:-python3}
make=${MAKE:-make}
seed=00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff

# ---- tests: each gets what to test, prints why it fails, and fails -----------------------------------------------------------------------

made() { $make --no-print-directory BUILD=build CC="${CC:-cc}" WERROR= "$@" >made.txt 2>&1 || { cat made.txt; exit 2; }; }

# walk CASE...
walk() {
    made build/tests/test_place_walk
    build/tests/test_place_walk "$@" >said.txt 2>&1 || { tail -n 12 said.txt; return 1; }
}

# match TEST, late TEST, rounds TEST
program() {
    made build/tests/$1
    build/tests/$1 "$2" >said.txt 2>&1 || { tail -n 12 said.txt; return 1; }
}
match() { program test_match "$1"; }
late() { program test_late "$1"; }
rounds() { program test_rounds "$1"; }

# evidence FOLDER: the tests of what is exact, of 3,000 draws
evidence() {
    made build/sunlot
    [ "$1" != new ] || [ -d new ] || build/sunlot new new >said.txt
    rm -rf found
    build/sunlot evidence "$1" --draws 3000 --seed $seed --mix 2 --jobs 1 -o found >said.txt 2>&1
    grep -q '^Nothing deviates' said.txt || { grep deviate said.txt; grep ',deviates,' found/evidence.csv | head -n 5; return 1; }
}

# rules FOLDER: 20 draws
rules() {
    made build/sunlot build/sunlot-verify
    [ "$1" != new ] || [ -d new ] || build/sunlot new new >said.txt
    for n in 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29; do
        rm -f made.log*
        build/sunlot rehearse "$1" --seed "$n${seed#??}" --made-up --log made.log >said.txt 2>&1 || { cat said.txt; return 1; }
        build/sunlot-verify made.log --rehearsal --json >said.txt 2>&1 && continue
        grep -q '"answer":"rule"' said.txt && cat said.txt && return 1
        cat said.txt
        exit 2
    done
}

# ---- mutants ---------------------------------------------------------------------------------------------------------------------------

# change FILE OLD NEW: OLD must stand there exactly once
change() {
    $python - "$@" <<'END' || exit 2
import sys
path, old, new = sys.argv[1:]
text = open(path, encoding="utf-8").read()
if text.count(old) != 1:
    sys.exit(f"{path}: found {text.count(old)} times, expected once: {old}")
open(path, "w", encoding="utf-8").write(text.replace(old, new))
END
}

# mutant NUMBER: sets name, makes the change, sets test; false if there is none of this number
mutant() {
    case $1 in
    1)
        name="shuffle: every place changes with any place"
        change src/random/stream.c 'sunlot_below(s, i);' 'sunlot_below(s, n);'
        test="evidence new"
        ;;
    2)
        name="shuffle: every place changes with an earlier one, never stays"
        change src/random/stream.c 'sunlot_below(s, i);' 'sunlot_below(s, i - 1);'
        test="evidence new"
        ;;
    3)
        name="shuffle, seen in matches: every place changes with any place"
        change src/random/stream.c 'sunlot_below(s, i);' 'sunlot_below(s, n);'
        test="match test_match_uniform"
        ;;
    4)
        name="shuffle, seen in numbers: never stays"
        change src/random/stream.c 'sunlot_below(s, i);' 'sunlot_below(s, i - 1);'
        test="match test_number_within_sets"
        ;;
    5)
        name="a number below n is never n - 1"
        change src/random/stream.h 'sunlot_below_take(sunlot_word(s), n, &result)' 'sunlot_below_take(sunlot_word(s), n > 1 ? n - 1 : n, &result)'
        test="evidence new"
        ;;
    6)
        name="class numbers are not shuffled"
        change src/place/match.c 'sunlot_shuffle(&s, set, size);' '(void)size;'
        test="evidence new"
        ;;
    7)
        name="teams are not shuffled where nobody is recused"
        change src/place/match.c 'sunlot_shuffle(&s, slot, groups);' 'if (made > 1) sunlot_shuffle(&s, slot, groups);'
        test="match test_match_uniform"
        ;;
    8)
        name="a team that is not allowed moves on by one instead of a shuffle of all"
        change src/place/match.c 'sunlot_shuffle(&s, slot, groups);' 'if (made == 1) sunlot_shuffle(&s, slot, groups);
        for (uint32_t g = 0; made > 1 && g + 1 < groups; g++)
            if ((forbidden[g][0] >> slot[g] & 1) != 0) {
                const uint16_t t = slot[g];
                slot[g] = slot[g + 1];
                slot[g + 1] = t;
            }'
        test="match test_match_uniform"
        ;;
    9)
        name="tickets without the seed"
        change src/draw/replay.c 'sunlot_stage_key(seed32, "ticket", p->school->name, 0, 0)' 'sunlot_stage_key((const uint8_t[32]){0}, "ticket", p->school->name, 0, 0)'
        change src/draw/replay.c 'static void take_tickets(sunlot_placement *p, const uint8_t seed32[32])
{' 'static void take_tickets(sunlot_placement *p, const uint8_t seed32[32])
{
    (void)seed32;'
        test="evidence new"
        ;;
    10)
        name="equal profiles in the order of rows, not of tickets"
        change src/place/order.c 'if (c == 0) c = memcmp(' 'if (c > 1) c = memcmp('
        test="evidence new"
        ;;
    11)
        name="after the walk equal profiles are sorted by row"
        change src/place/place.c '    if (report->placed) return;' '    for (uint32_t a = 0; a < p->units; a++)
        for (uint32_t b = a + 1; b < p->units; b++)
            if (p->unit_size[a] == 1 && p->unit_size[b] == 1 && group[a] > group[b] &&
                memcmp(p->code + (size_t)a * p->columns, p->code + (size_t)b * p->columns, p->columns * sizeof *p->code) == 0) {
                const uint16_t g = group[a];
                group[a] = group[b];
                group[b] = g;
            }
    if (report->placed) return;'
        test="evidence new"
        ;;
    12)
        name="the walk stops at its 300th exchange"
        change src/place/walk.c '            if (plain && most < least) {
                in_order(e, i, j);
                continue;
            }
            price.most = step[t].z;
            if (plain && counts_off(e, i, j, &price)) continue;
            try_step(e, &price, &step[t], q[t]);' '            price.most = step[t].z;
            if (plain && most < least)
                in_order(e, i, j);
            else if (!plain || !counts_off(e, i, j, &price))
                try_step(e, &price, &step[t], q[t]);
            taken += group[i] != g;
            if (taken == 300) return;'
        change src/place/walk.c '    sunlot_step step[AHEAD];' '    uint32_t taken = 0;
    sunlot_step step[AHEAD];'
        test="walk 'two columns: 8 in 2'"
        ;;
    13)
        name="proposals within a group do not count as steps"
        change src/place/walk.c '(g == h)) continue;' '(g == h)) {
                same += g == h;
                continue;
            }'
        change src/place/walk.c '        draw_ahead(step, q, e, s, &pace, ahead);' '        uint32_t same = 0;
        draw_ahead(step, q, e, s, &pace, ahead);'
        change src/place/walk.c '        steps -= ahead;' '        steps -= ahead > same ? ahead - same : 1;'
        test="walk 'three pairs and a sum'"
        ;;
    14)
        name="the walk ends as soon as all rules hold"
        change src/place/walk.c '        for (uint32_t t = 0; t < ahead; t++) {' '        for (uint32_t t = 0; t < ahead; t++) {
            if (e->all_counts_off == 0 && e->all_sums_off == 0) return;'
        test="walk 'two columns: 8 in 2'"
        ;;
    15)
        name="in its second half the walk is looked at after every step"
        change src/place/walk.c '        for (uint32_t t = 0; t < ahead; t++) {' '        for (uint32_t t = 0; t < ahead; t++) {
            if (steps < half && e->all_counts_off == 0 && e->all_sums_off == 0) return;'
        change src/place/walk.c '    sunlot_step step[AHEAD];' '    const uint64_t half = steps / 2;
    sunlot_step step[AHEAD];'
        test="walk 'two columns: 8 in 2'"
        ;;
    16)
        name="no walk after the repair"
        change src/place/mix.c 'if (mix == 0) return' 'if (length != UINT64_MAX) return'
        test="walk 'two columns: 8 in 2'"
        ;;
    17)
        name="of two students the earlier row goes to the later group more easily than back"
        change src/place/walk.c '| (g == h)) continue;' '| (g == h) | (((g < h) == (e->mover[i] < e->mover[j])) & (step[t].z == 0))) continue;'
        test="walk 'a locked student'"
        ;;
    19)
        name="no exchange of several for one"
        change src/place/walk.c 'if (step->kind == SUNLOT_STEP_NOTHING ||' 'if (step->kind == SUNLOT_STEP_SINGLES || step->kind == SUNLOT_STEP_NOTHING ||'
        test="walk 'a pair: uneven'"
        ;;
    20)
        name="a count may be one too many"
        change src/place/walk.c '(uint64_t)(x >= e->p->hi[at])' '(uint64_t)(x > e->p->hi[at])'
        test="walk 'uneven groups'"
        ;;
    21)
        name="a count may be one too few"
        change src/place/state.h 'return x < lo ? lo - x' 'return x + 1 < lo ? lo - x'
        test="walk 'uneven groups'"
        ;;
    22)
        name="a sum may not be at its bound"
        change src/place/state.c 'sum[2 * m + 1] = 2 * half;' 'sum[2 * m + 1] = 2 * half - (half > 0);'
        test="walk 'gender and two sums'"
        ;;
    23)
        name="a class may have one more of a category"
        change src/roster/lower_counts.c '(uint16_t)((share + rows - 1) / rows)' '(uint16_t)((share + rows - 1) / rows + 1)'
        test="rules vectors/draws/totals"
        ;;
    25)
        name="a class may have one fewer of a category"
        change src/roster/lower_counts.c '(uint16_t)(share / rows)' '(uint16_t)(share < rows ? 0 : share / rows - 1)'
        test="rules vectors/draws/totals"
        ;;
    24)
        name="the bound of a mean is twice as wide"
        change src/roster/lower_sums.c 'return m * sum->gap;' 'return 2 * m * sum->gap;'
        test="rules vectors/draws/scores"
        ;;
    26)
        name="late students get the first of the smallest classes"
        change src/draw/late.c 'candidate[sunlot_stream_below(s, count)]' 'candidate[0]'
        test="late test_even"
        ;;
    27)
        name="late students are drawn in the order of the list"
        change src/draw/late.c '    sunlot_sort(order, newcomers, sizeof *order, by_ticket, NULL, order + newcomers);' '    (void)by_ticket;'
        test="late test_order"
        ;;
    28)
        name="a class two larger than the smallest is a candidate too"
        change src/draw/late.c 'size[c] <= least + 1' 'size[c] <= least + 2'
        test="late test_even"
        ;;
    29)
        name="the second round is drawn from the seed of the first"
        change src/draw/rematch.c 'sunlot_stage_key(second32, "match"' 'sunlot_stage_key(first32, "match"'
        test="rounds second_round_is_its_own"
        ;;
    30)
        name="what was drawn by hand is applied to the groups, not to the slots"
        change src/place/match.c 'hand[slot[g]]' 'slot[hand[g]]'
        test="match test_hand_permutes"
        ;;
    *) return 1 ;;
    esac
}
# ---- a copy of the tree, with the change if there is one; then its test ---------------------------------------------------------------

copy() {
    mkdir -p "$1/build" && cp -a Makefile include src tools tests vectors "$1" && cp -a "$build/obj" "$build/test" "$build/prefix" "$1/build"
}

# Every test that a mutant names, once.
as_it_stands() {
    sed -n 's/^        test="\(.*\)"$/\1/p' tests/mutants.sh | sort -u >tests.txt
    while read -r test; do
        if ! (eval "$test") >why.txt 2>&1; then
            echo "as things stand: $test fails"
            cat why.txt
            exit 1
        fi
    done <tests.txt
    echo "as things stand: $(wc -l <tests.txt) tests pass"
}

one() {
    work=$(mktemp -d) || exit 2
    trap 'rm -rf "$work"' EXIT
    trap 'exit 2' HUP INT TERM
    copy "$work"
    cd "$work" || exit 2
    if [ "$1" = 0 ]; then
        as_it_stands
        exit
    fi
    mutant "$1" || exit 2
    if (eval "$test") >why.txt 2>&1; then
        echo "$name: NOT caught by ${test}"
        exit 1
    elif [ $? = 2 ]; then
        cat why.txt
        exit 2
    fi
    echo "$name: caught by $test"
    [ -z "${V:-}" ] || sed 's/^/    /' why.txt
}
if [ -n "${1:-}" ]; then
    one "$1"
    exit 0
fi

# ---- all, JOBS at a time -----------------------------------------------------------------------------------------------------------------

list=$(mktemp -d) || exit 2
trap 'rm -rf "$list"' EXIT
trap 'exit 2' HUP INT TERM
passed=0
failed=0
numbers=$(sed -n 's/^    \([0-9]*\))$/\1/p' "$0")
for number in 0 $numbers; do echo "$number"; done | xargs -P "${JOBS:-$(nproc)}" -I '{}' sh -c 'sh "$0" "$1" >"$2/$1" 2>&1; echo $? >"$2/$1.status"' "$0" '{}' "$list"
for number in 0 $numbers; do
    cat "$list/$number"
    if [ "$(cat "$list/$number.status")" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
