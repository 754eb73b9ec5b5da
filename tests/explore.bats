#!/usr/bin/env bats
# The schedule explorer: it finds what is there, says what it verified, and
# plays a schedule again, step by step.

load tools/test
load tools/learner

checks() { echo "$("$MAKE" -s EXPLORE=1 CHAPTER=3 CC="${1:-gcc}" where)/bin/tests/03-gmp_explore${2:-}"; }

setup_file() {
    cd "$BATS_TEST_DIRNAME/.." || exit 1
    for cc in gcc clang; do
        "$MAKE" -s EXPLORE=1 CHAPTER=3 CC=$cc "$(checks $cc)" "$(checks $cc -classics)" || return 1
    done
}

@test "make explore: every protocol holds, and every planted mistake is found" {
    EXPLORE_SECONDS=3 run "$MAKE" -s explore
    show
    [ "$status" -eq 0 ]
    [[ "${lines[-1]}" =~ ^([0-9]+)\ protocols\ verified,\ ([0-9]+)\ bugs\ found\ of\ ([0-9]+)$ ]]
    [ "${BASH_REMATCH[1]}" -ge 18 ]
    [ "${BASH_REMATCH[2]}" -ge 25 ]
    [ "${BASH_REMATCH[2]}" -eq "${BASH_REMATCH[3]}" ]
    [ "$(awk -F'\t' 'NF < 6' "$BUILD/explore.tsv" | wc -l)" -eq 0 ]
}

@test "a failing schedule is short, and fails again, 1,000 of 1,000, with gcc and with clang" {
    for cc in gcc clang; do
        "$(checks $cc -classics)" >"$BATS_TEST_TMPDIR/found" || true
        [ "$(grep -c '^found' "$BATS_TEST_TMPDIR/found")" -ge 8 ]
        while IFS= read -r schedule; do
            [ "${#schedule}" -le 60 ]
            run "$(checks $cc -classics)" --times 1000 --replay "$schedule"
            show
            [ "$status" -eq 1 ]
            [[ "$output" != *'not the same'* ]]
        done < <(awk -F'\t' '$1 == "found" && $2 != "spins-for-ever" && $2 != "crashes" { print $7 }' "$BATS_TEST_TMPDIR/found")
    done
}

@test "a schedule of a whole program is the same with gcc and with clang" {
    for schedule in meet:20D idle:2BfB stop:0B1B2BgB; do
        for cc in gcc clang; do
            "$(checks $cc)" --replay "$schedule" |
                sed -E 's/0x[0-9a-f]+/ADDRESS/g' >"$BATS_TEST_TMPDIR/$cc" || true
        done
        diff "$BATS_TEST_TMPDIR/gcc" "$BATS_TEST_TMPDIR/clang"
    done
}

@test "a replay shows who did what, where, in a column for each thread" {
    run "$MAKE" -s replay S=add-twice:1B
    show
    [[ "$output" == *'step   thread A '*' thread B'* ]]
    [[ "$output" =~ 03-gmp_explore-classics.c:[0-9]+\ load\ sum\ =\ 0 ]]
    [[ "$output" == *'Not so: sum.atomic_value == 2.'* ]]
}

@test "a program that never ends is told, with the line where it goes on" {
    run "$(checks gcc -classics)" spins-for-ever
    show
    [[ "$output" == *'It never ends: 20000 steps'* ]]
    run "$(checks gcc -classics)" --replay spins-for-ever:usual
    [[ "$output" =~ at\ tests/03-gmp_explore-classics.c:[0-9]+ ]]
}

@test "gdb stops at a step of a replay, and goes back" {
    run labs/tools/cap 60 env GDB=1 STEP=5 S=add-twice:1B MAKE="$MAKE" COMPILER=gcc tests/tools/replay <<<$'back\nprint explorer->steps\nquit'
    show
    [[ "$output" == *'explore_stopped'* ]]
    [[ "$output" == *'$1 = 4'* ]]
}

# of_own FILE ARGS...: compile a program of checks from standard input; run it.
of_own() {
    local build
    build=$("$MAKE" -s EXPLORE=1 CHAPTER=3 CC=gcc where)
    cat >"$BATS_TEST_TMPDIR/$1.c"
    gcc -std=gnu17 -D_GNU_SOURCE -g -O2 -fno-strict-aliasing -I"$build/src" "$BATS_TEST_TMPDIR/$1.c" \
        "$build/libgoroutine.a" -pthread -o "$BATS_TEST_TMPDIR/$1" || return 1
    run labs/tools/cap 30 "$BATS_TEST_TMPDIR/$1" "${@:2}"
    show
}

@test "a loop without any step is ended, and the last step before it is named" {
    of_own loops --explain <<'C'
#include "explore.h"
#include "atomic.h"
static ATOMIC(int) ready;
static volatile int never;
static void other(void *arg) { (void)arg; atomic_store(&ready, 1); }
static void body(void)
{
    explore_thread(other, NULL);
    int seen = atomic_load(&ready);
    while (seen == 1 && !never)
        ;
    explore_join();
}
int main(int argc, char **argv)
{
    static const struct explore_check checks[] = { { .name = "loops", .body = body, .bound = 2 } };
    return explore_main(argc, argv, checks, 1);
}
C
    [ "$status" -eq 1 ]
    [[ "$output" == *"WHAT      It never ends, and makes no step that others see."* ]]
    [[ "$output" == *"load ready = 1"* ]]
    [[ "$output" == *"LOOK AT   $BATS_TEST_TMPDIR/loops.c:9"* ]]
}

@test "a check without threads is refused: it would have checked nothing" {
    of_own alone <<'C'
#include "explore.h"
static void body(void) { EXPLORE_YIELD(); }
int main(int argc, char **argv)
{
    static const struct explore_check checks[] = { { .name = "alone", .body = body, .bound = 2 } };
    return explore_main(argc, argv, checks, 1);
}
C
    [ "$status" -eq 2 ]
    [[ "$output" == *"alone: this check begins no thread"*"See explore_thread"* ]]
}

@test "an invariant is asked at each step, and what it says is the failure" {
    of_own invariant --explain <<'C'
#include "explore.h"
#include "atomic.h"
static ATOMIC(int) paid, debt;
static void pays(void *arg) { (void)arg; atomic_add(&paid, 1); atomic_add(&debt, -1); }
static void body(void) { atomic_store(&debt, 2); explore_thread(pays, NULL); pays(NULL); explore_join(); }
static const char *balance(void)
{
    return paid.atomic_value + debt.atomic_value > 2 ? "More is paid than was owed." : NULL;
}
int main(int argc, char **argv)
{
    static const struct explore_check checks[] = {
        { .name = "pays", .body = body, .invariant = balance, .bound = 2 },
    };
    return explore_main(argc, argv, checks, 1);
}
C
    [ "$status" -eq 1 ]
    [[ "$output" == *"WHAT      More is paid than was owed."* ]]
}

@test "to compare states leaves out schedules, and no outcome" {
    run "$(checks gcc -classics)" --compare
    show
    [ "$status" -eq 0 ]
    [ "$(grep -c "^same" <<<"$output")" -eq "$("$(checks gcc -classics)" --list | wc -l)" ]
    # And it does leave out some.
    [ "$(awk -F"\t" "\$1 == \"same\" { a += \$4; b += \$5 } END { print (b < a / 10) }" <<<"$output")" -eq 1 ]
    # Programs of go_run, too: waiters and meet have the most schedules.
    run "$(checks)" --bound 1 --compare runq-tso run run2 stack-outlived waiters meet
    show
    [ "$status" -eq 0 ]
    [ "$(awk -F"\t" "\$2 ~ /^(waiters|meet)\$/ && \$5 + 0 < \$4 / 2" <<<"$output" | wc -l)" -eq 2 ]
}

@test "what uses memory after its end is named: a step, a pointer, a goroutine's stack" {
    run "$(checks gcc -classics)" --explain freed-number
    [[ "$output" == *"WHAT      Memory is used after it was freed."* ]]
    run "$(checks gcc -classics)" --explain freed-pointer
    [[ "$output" == *"WHAT      A pointer is followed that was read from freed memory."* ]]
    run "$(checks)" --explain stack-outlived
    show
    [[ "$output" == *"WHAT      The stack of a goroutine is used that has ended."* ]]
    [[ "$output" == *"LOOK AT   tests/03-gmp_explore.c:"* ]]
}

@test "each strategy finds by itself what it is for, and others are refused" {
    for strategy in bounded random pct; do
        run "$(checks gcc -classics)" --strategy $strategy --samples 2000 add-twice deque-without-cas
        show
        [ "$status" -eq 0 ]
        [ "$(grep -c "^found" <<<"$output")" -eq 2 ]
    done
    run "$(checks)" --strategy deepest
    [ "$status" -eq 2 ]
    [[ "$output" == *"there is no such strategy. There are: bounded, random, pct"* ]]
    run "$(checks)" --bound many
    [ "$status" -eq 2 ]
    [[ "$output" == *"--bound wants a number"* ]]
}

@test "make try plays the learner's lock; make replay shows its last failure; a sound lock passes" {
    export WORK=$BATS_TEST_TMPDIR/work NO_COLOR=1 CI=
    file=$WORK/02-stack/lock.c
    learner try LAB=lock-slow
    [[ "$output" == *'not written yet'* ]]
    learner replay
    [ "$status" -eq 2 ]
    [[ "$output" == *'Which schedule?'* ]]

    sound=$(sed -n '/\[lab lock-slow\]/,/\[lab lock-slow\]/p' lib/02-stack/lock.c | sed '1d;$d')
    body lock-slow "$(sed 's/key, 2);/key, 1);/' <<<"$sound")"
    learner try LAB=lock-slow
    [ "$status" -eq 2 ]                 # make's own: try ended with 1
    diff - <(sed -e "s|$WORK|work|" -e 's/ *$//' <<<"$output") <<'END'

  WHAT      A thread asks for the lock again and again, and does not sleep.
  EVIDENCE        A                            B
               1  lock.h:49 cas key 0 -> 1
               2*                              lock.h:49 cas key fails: 1
               4*                              lock.c:21 cas key fails: 1
               5                               lock.c:25 swap key 1 -> 1
               6                               29 futex_wait key = 1: goes on
             ... and so on
  WHY       futex_wait sleeps only while the key is what it is told. Is that
            the number which was just put there?
  LOOK AT   work/02-stack/lock.c:29   book 2.6
  TRY       make replay S=lock:1B1B   or make hint LAB=2.9
END
    learner replay
    [[ "$output" == *'lock.c:25 swap key 1 -> 1'*'A thread asks for the lock again and again'* ]]
    last=$output
    learner replay S=lock:1B1B
    [ "$output" = "$last" ]
    # The same string for the library's lock.
    learner replay S=lock:1B1A
    [[ "$output" == *'It holds.'* ]]

    body lock-slow "$sound"
    learner try LAB=lock-slow
    [ "$status" -eq 0 ]
    [[ "$output" == *passed* ]]
    learner replay
    [[ "$output" == *'Which schedule?'* ]]
}

@test "an exercise of schedules: not written, one that holds, one that cannot be, all five" {
    export WORK=$BATS_TEST_TMPDIR/work NO_COLOR=1 CI=
    file=$WORK/04-steal/adversary.txt
    learner try LAB=4.9
    [[ "$output" == *'4.9'*'not written yet'* ]]
    learner replay S=adv-ring:usual
    [[ "$output" == *'It holds.'* ]]

    # A comment, spaces and the ends of another system's lines do no harm.
    body adversary $'adv-bell : 1B\r\nadv-ticket:1B   // at once\nadv-turn:1B3A\nadv-ring:2B1A\nadv-stack:1B'
    learner try LAB=4.9
    [ "$status" -eq 2 ]                 # make's own: try ended with 1
    [[ "$output" == *'WHAT      adv-ring holds under this schedule.'* ]]
    [[ "$output" == *'LOOK AT'*'04-steal/adversary.txt:'*'book'* ]]
    [[ "$output" == *'TRY       make replay S=adv-ring:2B1A   or make hint LAB=4.9'* ]]
    learner replay
    [[ "$output" == *'It holds.'* ]]

    body adversary $'adv-bell:1B\nadv-ticket:1B\nadv-turn:1B3A\nadv-ring:1C\nadv-stack:1B'
    learner try LAB=4.9
    [[ "$output" == *'WHAT      The schedule for adv-ring asks for a step that nobody can make.'* ]]

    body adversary $'adv-bell:1B\nadv-ticket:1B\nadv-turn:1B3A\nadv-ring:3B\nadv-stack:1B'
    learner try LAB=adversary
    [ "$status" -eq 0 ]
    [[ "$output" == *'4.9'*'passed'* ]]
    # What breaks them need not be what the book has.
    learner diff LAB=4.9
    [ "$status" -eq 0 ]
}

@test "the message of a planted mistake has five fields, and says where" {
    for wrong in solutions/*/wrong-*.c; do
        grep -q "^// CHECK" "$wrong" || continue
        run tests/tools/wrong "$wrong"
        show
        [ "$status" -eq 0 ]
    done
}

@test "the explorer's own files stand over none of the library's but the seams" {
    for file in lib/explore/*.[ch]; do
        name=$(basename "$file")
        case $name in atomic.h | begins.h | closesize.h | getg.h | gstatus.h | relax.h | runqsize.h | starves.h | syncsize.h | tls.c | tooearly.h | world.h) continue ;; esac
        [ -z "$(find lib/0* -name "$name")" ]
    done
}

@test "make explore S=... is about one check, and says the same on every machine" {
    run "$MAKE" -s explore S=right-lock
    show
    [ "$status" -eq 0 ]
    [[ "$output" =~ ^"ok: right-lock, verified: bound 3, "[0-9]+" schedules"$ ]]
    run "$MAKE" -s explore S=no-such
    [ "$status" -eq 2 ]
    [[ "$output" == *"there is no such check"* ]]
}

@test "make explore S=... finds each check of those that are written in groups" {
    . tests/tools/explored.bash
    grep -l '^#define CHECK' tests/*_explore*.c >"$BATS_TEST_TMPDIR/sources"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/sources")" -ge 2 ]
    while read -r source; do
        COMPILER=gcc explorer "$source"
        "$binary" --list | cut -d' ' -f1 >"$BATS_TEST_TMPDIR/names"
        [ "$(wc -l <"$BATS_TEST_TMPDIR/names")" -ge 10 ]
        while read -r name; do
            [ "$(source_of "$name")" = "$source" ] || { echo "$name"; false; }
        done <"$BATS_TEST_TMPDIR/names"
    done <"$BATS_TEST_TMPDIR/sources"
}

# played [WRONG]: the checks of channels whose goroutines are played.
played() {
    local choice=(EXPLORE=1 CHAPTER=6 CC=gcc CI= ${1:+WRONG=$1})
    program=$("$MAKE" -s "${choice[@]}" where)/bin/tests/06-chan_explore-played
    "$MAKE" -s "${choice[@]}" "$program" 2>/dev/null
}

@test "channels and select: three preemptions are tried, everywhere, and it is said" {
    played
    mapfile -t names < <("$program" --list | grep -o '^played-[a-z-]*' | grep -v -e '-tso$')
    [ ${#names[@]} -ge 12 ]
    run "$program" --seconds 60 "${names[@]}"
    show
    [ "$status" -eq 0 ]
    [ "$(grep -cP '^ok\t[^\t]*\tverified: bound 3\t' <<<"$output")" -eq ${#names[@]} ]
}

@test "channels and select: mistakes of all kinds are found by goroutines that are played" {
    local mistake
    for mistake in ring-overtaken:ring close-wakes-one:close receive-looks-once:meet-tso \
        default-after-one-look:default select-taken-twice:select select-looked-then-taken:select \
        select-done-set-late:select-close locks-in-order-of-cases:selects-tso; do
        played "${mistake%:*}"
        run "$program" --seconds 30 "played-${mistake#*:}"
        show
        [ "$status" -eq 1 ]
        [[ "$output" == FAIL* ]]
    done
}

@test "each check has a name of its own" {
    [ -z "$(sed -nE "s/.*\.name = \"([^\"]*)\".*/\1/p" tests/*_explore*.c | sort | uniq -d)" ]
}

@test "what does not fit is refused: a check, a schedule, an option" {
    run "$MAKE" -s replay S=nonsense
    [ "$status" -eq 2 ]
    [[ "$output" == *"S=nonsense: this is no schedule"* ]]
    run "$(checks)" --replay runq:1C
    [ "$status" -eq 2 ]
    [[ "$output" == *"cannot be thread C, which is not ready then"* ]]
    run "$MAKE" -s replay
    [ "$status" -eq 2 ]
    [[ "$output" == *'Which schedule?'* ]]
    run "$MAKE" -s replay S=no-such:1A
    [ "$status" -eq 2 ]
    [[ "$output" == *'there is no check no-such. Nearest: '* ]]
    run "$(checks)" --replay runq:1z
    [ "$status" -eq 2 ]
    [[ "$output" == *'not a schedule'* ]]
    run "$(checks)" --replay runq:zzC
    [ "$status" -eq 2 ]
    [[ "$output" == *'does not fit'* ]]
    run "$(checks)" --frobnicate 1
    [ "$status" -eq 2 ]
    [[ "$output" == *'no such option'*usage* ]]
    run "$(checks)" no-such-check
    [ "$status" -eq 2 ]
}

@test "no full expression has two atomic steps in an order that is open" {
    # Statements with two, after those are gone whose order is fixed.
    run awk '
        { sub(/\/\/.*/, ""); text = text " " $0 }
        /[;{}]/ {
            statement = text
            text = ""
            if (statement ~ /#define/) next
            gsub(/atomic_(store|store_relaxed|store_release|cas|add|swap)\(/, "(", statement)
            n = split(statement, piece, /&&|\|\||\?|:/)
            for (i = 1; i <= n; i++)
                if (gsub(/atomic_[a-z_]*\(/, "", piece[i]) > 1)
                    print FILENAME ": " statement
        }' lib/0*/*.c
    show
    [ -z "$output" ]
}
