#!/usr/bin/env bats
# Part 6, channels and select. The same tests run on every build: compilers,
# sanitizers, machines, and the learner's own parts.

load tools/test
load tools/compiles

setup() {
    # How many percent of the work is done where everything is slow.
    case $SAN in
    thread | runtime)
        export CHECK_SHARE=5
        # Otherwise each process waits a second before it ends.
        export TSAN_OPTIONS="${TSAN_OPTIONS:+$TSAN_OPTIONS:}atexit_sleep_ms=0"
        ;;
    ?*) export CHECK_SHARE=20 ;;
    *) if [ -n "$RUN" ]; then export CHECK_SHARE=5; else export CHECK_SHARE=100; fi ;;
    esac
    # Goroutines that wait when a run ends keep what they hold.
    usual_asan=${ASAN_OPTIONS:-}
    export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"
}

# on_procs SCENARIO...: on one p, where no lock is needed, and on several.
on_procs() {
    local n
    for n in 1 2 8; do GOMAXPROCS=$n scenario "$@"; done
}

# dies STATUS SCENARIO: it must end with this status.
dies() {
    program "tests/${part}_end" "$2"
    show
    [ "$status" -eq "$1" ]
}

# deadlock SCENARIO REASON: goroutine 1 waits for this, and nobody is left.
deadlock() {
    local n
    for n in 1 2; do
        GOMAXPROCS=$n dies 2 "$1"
        [ "${lines[0]}" = 'fatal error: all goroutines are asleep - deadlock!' ]
        [ "${lines[1]}" = "goroutine 1 [$2]:" ]
        [[ "$output" == *$'\ngo_main(...)'* ]]
    done
}

# panics SCENARIO TEXT [GOROUTINE]
panics() {
    dies 2 "$1"
    if [ "$SAN" = thread ]; then
        # It has more to say of a close that nothing orders.
        grep -qx "panic: $2" <<<"$output"
    else
        [ "${lines[0]}" = "panic: $2" ]
        [ "${lines[1]}" = "goroutine ${3:-1} [running]:" ]
    fi
    [ "$(grep -c '^goroutine ' <<<"$output")" -eq 1 ]
}

# captured SCENARIO: what Go says in its place.
captured() {
    local first where=running
    case $1 in
    close-closed) first='panic: close of closed channel' ;;
    close-nil) first='panic: close of nil channel' ;;
    send-closed) first='panic: send on closed channel' ;;
    *) first='fatal error: all goroutines are asleep - deadlock!' ;;
    esac
    case $1 in
    recv-alone) where='chan receive' ;;
    recv-nil) where='chan receive (nil chan)' ;;
    send-nil) where='chan send (nil chan)' ;;
    select-empty) where='select (no cases)' ;;
    esac
    printf '%s\n\ngoroutine 1 [%s]:\nmain.main()\n' "$first" "$where"
}

# fatal SCENARIO TEXT
fatal() {
    dies 2 "$1"
    grep -qxF "fatal error: $2" <<<"$output"
}

# ---- Exercises -------------------------------------------------------------

# (The others are played by the explorer: make explore.)
@test "ring-after: a ring goes round, also with elements of no size" {
    scenario ring-after
}

@test "select-choose: each case that can be done is as likely as any other" {
    scenario select-choose
}

# ---- Those who wait --------------------------------------------------------

@test "a list of those who wait: each comes, leaves, and knows whom to fetch" {
    scenario waitq
}

# ---- Lab programs ----------------------------------------------------------

lab() {
    local n
    for n in 1 2 8; do
        GOMAXPROCS=$n program "labs/$part/$1"
        show
        [ "$status" -eq 0 ]
        diff <(echo "$output") "labs/$part/$1.out"
    done
}

@test "lab sieve: primes, by a chain that takes itself apart" {
    lab sieve
}

@test "lab pipeline: when somebody has enough, every stage ends" {
    lab pipeline
}

@test "lab chat: who hears his line answers it" {
    lab chat
}

@test "lab words: each word is counted in one place" {
    lab words
}

# ---- Values ----------------------------------------------------------------

@test "elements of every size arrive, and nothing beside them is touched" {
    on_procs chan/types
}

@test "channels carry functions, constants, channels, and what has channels" {
    on_procs chan/odd-types
}

@test "every way to send meets every way to receive, with and without a ring" {
    on_procs chan/all-pairs
}

@test "elements without a size are counted, and take no memory" {
    on_procs chan/zero-size
}

@test "len and cap, of each capacity and of NULL; the size may be of any integer type" {
    on_procs chan/len-and-cap
}

@test "who waits to send is not counted, and its value comes in its turn" {
    on_procs chan/full-ring
}

# ---- Order -----------------------------------------------------------------

@test "values arrive in the order of their sending" {
    on_procs chan/fifo
}

@test "those who wait are served in the order of their coming" {
    on_procs chan/waiters-in-order
}

@test "a chain of 10,000 goroutines carries a value to its end" {
    on_procs chan/chain
}

@test "a sieve of primes" {
    on_procs chan/sieve
}

# ---- Without waiting -------------------------------------------------------

@test "try fails where it would wait, and succeeds if a partner really waits" {
    on_procs chan/nonblock
}

@test "a value that is there is never missed by a try, while others close" {
    on_procs chan/nonblock-race
}

# ---- The end ---------------------------------------------------------------

@test "a closed channel gives what is left, and then zero values, to all who wait" {
    on_procs chan/closed
}

@test "go_range ends at the end, evaluates its channel once, and nests" {
    on_procs chan/ranges
}

# ---- Much at once ----------------------------------------------------------

@test "several senders, one receiver: each value as often as it was sent" {
    on_procs chan/many-senders
}

@test "several senders, several receivers: all arrives, once" {
    on_procs chan/many-receivers
}

@test "values travel while GOMAXPROCS changes between one and more" {
    on_procs chan/procs-change
}

@test "who is woken, and goes on from the global queue, knows what came of its wait" {
    on_procs chan/woken-into-the-global-queue
}

@test "errno stays the goroutine's" {
    on_procs chan/errno-stays
}

@test "who receives the last value may free the channel" {
    on_procs chan/receiver-frees
}

@test "what is made and freed leaves nothing behind" {
    export ASAN_OPTIONS=$usual_asan
    on_procs chan/memory
}

# ---- Select ----------------------------------------------------------------

@test "select: what is fed by four cases is delivered once" {
    on_procs select/double-select
}

@test "select: a million of them do not take memory" {
    if [ -z "$SAN$RUN$TRACE" ]; then export CHECK_RSS=1; fi
    on_procs select/no-growth
}

@test "select: nil, closed, empty and full channels wait, or do not, as in Go" {
    on_procs select/blocking-table
}

@test "select: channels, values and places are evaluated once, in order" {
    on_procs select/evaluation
}

@test "select: who loses leaves the middle of a list" {
    on_procs select/loser-leaves
}

@test "select: 20,000 that leave one list do not search it" {
    on_procs select/linear
}

@test "select: what is ready is never missed, while others send and close" {
    on_procs select/nonblock-race
    on_procs select/nonblock-race-close
}

@test "select: nobody receives what it sends itself" {
    on_procs select/self-select
}

@test "select: sends, receives and selects of both kinds, on four channels" {
    on_procs select/stress
}

@test "select: of several cases each is as likely as any other" {
    on_procs select/fairness
    on_procs select/random-bits
}

@test "select: one channel in several cases" {
    on_procs select/duplicates
}

@test "select: from 1 to 65,536 cases" {
    on_procs select/how-many
    on_procs select/own-channels
}

@test "select: a channel that is closed while it waits" {
    on_procs select/closed-while-waiting
}

@test "select: the default may stand anywhere" {
    on_procs select/default-at-any-place
}

@test "select: power series, by a hundred goroutines that ask and answer" {
    on_procs select/power-series
}

# ---- As Go does it ---------------------------------------------------------

# outcomes PROGRAM NAME ROUNDS: what came out, sorted, each once: lines, and how
# the process has ended.
outcomes() {
    local said status=0
    # shellcheck disable=SC2086  # RUN is a command with arguments
    said=$(labs/tools/cap 120 $RUN "$@" 2>"$BATS_TEST_TMPDIR/said") || status=$?
    {
        if [ -n "$said" ]; then printf '%s\n' "$said"; fi
        if [ $status -ne 0 ]; then
            grep -E '^(panic: |fatal error: |goroutine [0-9]+ )' "$BATS_TEST_TMPDIR/said" |
                sed -E 's/^goroutine ([2-9]|[0-9]{2,}) /goroutine N /; s/ "[^"]*" / /' |
                paste -sd/ | sed "s/^/$status /"
        fi
    } | sort -u
}

# allowed NAME PROGRAM: what the program comes to, on one p and on several, is
# what the table has, and nothing that must be seen is missing.
allowed() {
    local name=$1 program=$2 procs='1 2 8' row times rounds p i seen outcome wanted
    native || procs='1 4'
    row=$(grep -P "^\Q$name\E\t" tests/06-chan_twins.tsv)
    # What ends the process does little before.
    if [[ "$row" == *$'\t2 '* ]]; then procs=2; fi
    times=$(cut -f2 <<<"$row") rounds=${times#*x} times=${times%x*}
    for p in $procs; do
        for ((i = 0; i < times; i++)); do
            seen=$(GOMAXPROCS=$p outcomes "$program" "$name" "$rounds")
            [ -n "$seen" ]
            while IFS= read -r outcome; do
                if ! cut -f4- <<<"$row" | tr '\t' '\n' | sed 's/^!//' | grep -qxF -- "$outcome"; then
                    printf '%s on %s p: this is not allowed: %s\n' "$name" $p "$outcome"
                    tail -n 30 "$BATS_TEST_TMPDIR/said"
                    return 1
                fi
            done <<<"$seen"
            for wanted in $(cut -f4- <<<"$row" | tr '\t' '\n' | sed -n 's/^!//p' | tr ' ' '_'); do
                if ! grep -qxF -- "${wanted//_/ }" <<<"$seen"; then
                    printf '%s on %s p: this was never seen: %s\n' "$name" $p "${wanted//_/ }"
                    return 1
                fi
            done
        done
    done
}

# twin NAME: our programs of this name, and of NAME-....
twin() {
    local name
    if [ -z "$SAN$RUN$TRACE" ]; then export CHECK_RSS=1; fi
    for name in $(cut -f1 tests/06-chan_twins.tsv | grep -E "^$1(-|$)"); do
        # A race, and ThreadSanitizer says so.
        [ "$SAN,$name" != thread,send-or-close ] || continue
        allowed "$name" "$B/bin/tests/06-chan_twins"
    done
}

@test "T01 doubleselect: four cases that are fed deliver each value once" { twin T01; }
@test "T02 fifo: in order, by a ring and by a daisy chain" { twin T02; }
@test "T03 goroutines: a chain of 10,000" { twin T03; }
@test "T04 nonblock: of several types, with and without a partner" { twin T04; }
@test "T05 powser: power series" { twin T05; }
@test "T06 select2: selects take no memory" { twin T06; }
@test "T07 select3: what waits, what goes on, what panics" { twin T07; }
@test "T08 select5: channels and values are evaluated once, in order" { twin T08; }
@test "T09 select6: who loses leaves the middle of a list" { twin T09; }
@test "T10 sieve: primes" { twin T10; }
@test "T11 chan, zerosize: each way to send and each way to receive" { twin T11; }
@test "T12 chancap: len and cap, of any integer type; sizes that cannot be" { twin T12; }
@test "T13 chanlinear: 20,000 leave one list" { twin T13; }
@test "T14 closedchan: the end of a channel, and what is a panic" { twin T14; }
@test "T16 issue21576: a deadlock is told though signals are caught; all are listed" { twin T16; }
@test "T17 issue9110: a channel that lives long keeps none that waited" { twin T17; }
@test "T18 peano, stack: goroutines that wait deep in their calls" { twin T18; }
@test "T19 TestChan: all of it, for each capacity" { twin T19; }
@test "T20 TestNonblockRecvRace, TestNonblockSelectRace: what is there is not missed" { twin T20; }
@test "T21 TestSelfSelect: nobody receives what it sends" { twin T21; }
@test "T22 TestSelectStress: sends, receives and selects at once" { twin T22; }
@test "T23 TestSelectFairness: two that are ready" { twin T23; }
@test "T24 TestPseudoRandomSend: two that are ready, of one channel" { twin T24; }
@test "T25 TestMultiConsumer: 23 receivers" { twin T25; }
@test "T26 TestSelectDuplicateChannel: one channel twice" { twin T26; }

@test "small races come out as the language allows, and select as it must" {
    local name
    for name in $(cut -f1 tests/06-chan_twins.tsv | grep '^[a-z]'); do twin "$name"; done
}

# All that the table has, and nothing else, is what the programs have.
@test "the table of outcomes is about all programs, here and in Go" {
    local names
    names=$(grep -v '^#' tests/06-chan_twins.tsv | cut -f1 | sort)
    diff <(echo "$names") <(grep -oE '\{ "[^"]*", [a-z0-9_]+ \}' tests/06-chan_twins.c | cut -d'"' -f2 | sort)
    diff <(echo "$names") <(grep -oE '"[^" ]+": +[a-z]' tests/06-chan_twins.go | cut -d'"' -f2 | sort)
}

@test "Go itself comes to nothing else: T01 to T26, and the small races" {
    once || return 0
    if ! command -v go >/dev/null; then skip 'Go is not here: apt-get install golang-go'; fi
    local name
    # Go wants a place for what it has compiled.
    if [ -z "${HOME:-}${GOCACHE:-}${XDG_CACHE_HOME:-}" ]; then GOCACHE=$(realpath "$BUILD")/go; fi
    export GOCACHE
    GOTOOLCHAIN=local GO111MODULE=off GOFLAGS='' CGO_ENABLED=0 \
        go build -o "$BATS_TEST_TMPDIR/twins" tests/06-chan_twins.go
    for name in $(grep -v '^#' tests/06-chan_twins.tsv | cut -f1); do
        allowed "$name" "$BATS_TEST_TMPDIR/twins"
    done
}

@test "outcomes that are not allowed are found: values overtake, a close forgets some" {
    native || return 0
    local mistake where
    for mistake in ring-overtaken:T19 close-wakes-one:T19 close-forgets-senders:T14-waits; do
        where=$("$MAKE" -s --no-print-directory CI= WRONG=${mistake%:*} where)/bin/tests/06-chan_twins
        "$MAKE" -s --no-print-directory CI= WRONG=${mistake%:*} "$where" >/dev/null
        run allowed "${mistake#*:}" "$where"
        show
        [ "$status" -eq 1 ]
        [[ "$output" == *'this is not allowed: '* ]]
    done
}

# ---- More than one run ------------------------------------------------------

@test "a channel for which goroutines waited when their run ended can be freed later" {
    for n in 1 2; do GOMAXPROCS=$n scenario runs/freed-later; done
}

@test "a channel of a run that has ended is of no use to the next, and that is said" {
    local end='this channel belongs to a go_run that has ended: it can only be freed'
    for n in 1 2; do
        GOMAXPROCS=$n program tests/06-chan_runs used-later
        show
        [ "$status" -eq 2 ]
        grep -qxF "fatal error: go_send: $end" <<<"$output"
        GOMAXPROCS=$n program tests/06-chan_runs select-later
        [ "$status" -eq 2 ]
        grep -qxF "fatal error: go_select: $end" <<<"$output"
    done
}

# A goroutine can be made to stop in it, and has locked the channel.
@test "values are not copied by a memcpy or memset of the program's own" {
    native || return 0
    "$COMPILER" -std=gnu17 -O2 -fno-builtin -pthread -Ilib -o "$BATS_TEST_TMPDIR/p" -x c - -x none \
        "$B/libgoroutine.a" -lm <<'C'
#include <stdio.h>
#include "goroutine.h"

struct big { long n[999]; char more[5]; };
static int large;
static bool counts;

void *
memcpy(void *restrict to, const void *restrict from, size_t n)
{
    char *t = to;

    large += counts && n > 1000;
    for (const char *f = from; n > 0; n--)
        *t++ = *f++;
    return to;
}

void *
memset(void *to, int value, size_t n)
{
    large += counts && n > 1000;
    for (char *t = to; n > 0; n--)
        *t++ = (char)value;
    return to;
}

static int
go_main(int argc, char **argv)
{
    static struct big a, b;
    go_chan(struct big) ch = go_make_chan(struct big, 2);

    (void)argc;
    (void)argv;
    for (size_t i = 0; i < sizeof(a); i++)
        ((char *)&a)[i] = (char)(i * 7);
    counts = true;
    (go_send)(ch, &a);
    (go_recv)(ch, &b);
    for (size_t i = 0; i < offsetof(struct big, more) + sizeof(a.more); i++)
        if (((char *)&b)[i] != (char)(i * 7))
            return 3;
    go_close(ch);
    (go_recv)(ch, &b);
    for (size_t i = 0; i < sizeof(b); i++)
        if (((char *)&b)[i] != 0)
            return 4;
    printf("%d\n", large);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
C
    run labs/tools/cap 60 "$BATS_TEST_TMPDIR/p"
    show
    [ "$status" -eq 0 ]
    [ "$output" = 0 ]
}

@test "what an older run has left behind shares its channels as before, also if there is one p" {
    # It asks for what nobody may: ThreadSanitizer would say so.
    case $SAN in thread | runtime) return 0 ;; esac
    scenario runs/left-behind
}

# ---- Against a model -------------------------------------------------------

@test "a million operations, at random, come out as a model says: send, receive, try, select, close, nil" {
    for seed in 1 2 3 4; do
        scenario model $seed $((CHECK_SHARE * 2500))
    done
}

@test "what the model finds is made short: values overtake, a close wakes one" {
    native || return 0
    local mistake program
    for mistake in ring-overtaken close-wakes-one; do
        program=$("$MAKE" -s --no-print-directory CI= WRONG=$mistake where)/bin/tests/06-chan_model
        "$MAKE" -s --no-print-directory CI= WRONG=$mistake "$program" >/dev/null
        run labs/tools/cap 60 "$program" 1 100000
        show
        [ "$status" -eq 1 ]
        [[ "${lines[0]}" =~ ^after\ [0-9]+\ operations:\ worker\ [0-9]\ (received|still\ waits) ]]
        [[ "${lines[1]}" =~ ^shrunk\ to\ ([0-9]+):$ ]]
        [ "${BASH_REMATCH[1]}" -le 20 ]
    done
}

# ---- Is there an order? ----------------------------------------------------

@test "of small histories that are known, the checker tells right from wrong" {
    scenario linear known
}

@test "small histories on one p and on several: an order explains each (linearizable)" {
    local n
    for n in 1 2 4; do GOMAXPROCS=$n scenario linear $n $((CHECK_SHARE * 200)); done
}

@test "a history that no order explains is found, and printed: a value that overtakes those in the ring" {
    native || return 0
    local program n
    program=$("$MAKE" -s --no-print-directory CI= WRONG=ring-overtaken where)/bin/tests/06-chan_linear
    "$MAKE" -s --no-print-directory CI= WRONG=ring-overtaken "$program" >/dev/null
    for n in 1 4; do
        GOMAXPROCS=$n run labs/tools/cap 60 "$program" 1 20000
        show
        [ "$status" -eq 1 ]
        [[ "${lines[0]}" =~ ^history\ [0-9]+:\ no\ order\ explains\ this:$ ]]
        [[ "$output" =~ goroutine\ [0-9],\ from\ +[0-9]+\ to ]]
    done
}

# One lock for all channels: an older design, and as right.
@test "one lock for all channels: the same values, in the same order" {
    native && [ -z "$HISTORY" ] || return 0
    local where
    where=$("$MAKE" -s --no-print-directory HISTORY=06-chan/one-lock where)/bin/tests
    "$MAKE" -s --no-print-directory HISTORY=06-chan/one-lock "$where/06-chan_chan" "$where/06-chan_select" >/dev/null
    for name in chan/all-pairs chan/many-receivers select/stress select/double-select select/nonblock-race; do
        GOMAXPROCS=4 run labs/tools/cap 60 "$where/06-chan_${name%/*}" "${name#*/}"
        show
        [ "$status" -eq 0 ]
    done
}

# ---- Deadlocks -------------------------------------------------------------

@test "deadlock: what each goroutine waits for, in Go's words" {
    deadlock recv-alone 'chan receive'
    deadlock send-alone 'chan send'
    deadlock recv-nil 'chan receive (nil chan)'
    deadlock recv-ok-nil 'chan receive (nil chan)'
    deadlock range-nil 'chan receive (nil chan)'
    deadlock send-nil 'chan send (nil chan)'
    deadlock select-empty 'select (no cases)'
    deadlock select-none 'select (no cases)'
    deadlock select-nil 'select'
}

@test "deadlock: all are listed, with name, call and origin" {
    GOMAXPROCS=1 dies 2 one-of-each
    [ "$(grep '^goroutine ' <<<"$output")" = 'goroutine 1 [chan receive]:
goroutine 2 "reader" [chan receive]:
goroutine 3 [chan send]:
goroutine 4 [select]:
goroutine 5 [chan receive (nil chan)]:
goroutine 6 [chan send (nil chan)]:
goroutine 7 [select (no cases)]:' ]
    [ "$(grep -c '^created by one_of_each in goroutine 1$' <<<"$output")" -eq 6 ]
    # The compiler may have made a jump of a call: go_send has no frame then.
    [[ "$output" =~ 'goroutine 3 [chan send]:'$'\n'('go_send(...)'$'\n'[^$'\n']+$'\n')?'sends(...)' ]]
    [[ "$output" == *$'goroutine 4 [select]:\ngo_select_n(...)\n'* ]]
}

@test "deadlock: how long it has waited is told in minutes" {
    # It sets the clock back behind the runtime's back.
    [ "$SAN" != runtime ] || return 0
    dies 2 minutes
    grep -qx 'goroutine 2 \[chan receive, 3 minutes\]:' <<<"$output"
}

# ---- Misuse ----------------------------------------------------------------

@test "a send to a closed channel is a panic, whichever way, in Go's words" {
    panics send-closed 'send on closed channel'
    panics try-send-closed 'send on closed channel'
    panics select-send-closed 'send on closed channel'
    panics send-closed-blocked 'send on closed channel' 2
    panics select-closed-blocked 'send on closed channel' 2
}

@test "closing twice, and closing nil, is a panic, in Go's words" {
    panics close-closed 'close of closed channel'
    panics close-nil 'close of nil channel'
}

@test "a panic lists those who wait if GOTRACEBACK=all asks for it, as in Go" {
    GOTRACEBACK=all dies 2 panics-among-others
    [ "$(grep -E '^(panic: |goroutine )' <<<"$output")" = 'panic: close of nil channel
goroutine 1 [running]:
goroutine 2 [chan receive]:
goroutine 3 [chan receive]:
goroutine 4 [chan receive]:' ]
    panics panics-among-others 'close of nil channel'
}

@test "a capacity that cannot be is a panic; one that memory has not, a fatal error" {
    panics make-negative 'makechan: size out of range'
    panics make-negative-unit 'makechan: size out of range'
    panics make-product 'makechan: size out of range'
    panics make-huge 'makechan: size out of range'
    panics make-too-huge 'makechan: size out of range'
    # A sanitizer has its own words for it, or takes what it is given.
    [ -z "$SAN" ] || return 0
    fatal make-too-large 'go_make_chan: no memory for a channel of 2305843009213693951 elements of 1 bytes'
}

@test "a select that cannot be says what is wrong" {
    panics too-many-cases 'go_select: too many cases (max 65536)'
    panics two-defaults 'go_select: more than one go_case_default'
    fatal case-of-nothing 'go_select: a case that none of the macros has made'
    fatal null-cases 'go_select_n: cases is NULL'
}

@test "freeing a channel that goroutines wait for names them" {
    fatal free-with-receivers 'go_free_chan: 2 goroutines wait for this channel'
    [ "${lines[0]}" = 'runtime: goroutine 2 waits to receive' ]
    [ "${lines[1]}" = 'runtime: goroutine 3 waits to receive (select)' ]
    fatal free-with-all 'go_free_chan: 3 goroutines wait for this channel'
    [ "${lines[0]}" = 'runtime: goroutine 2 waits to send (select)' ]
    [ "${lines[1]}" = 'runtime: goroutine 3 waits to send' ]
    [ "${lines[2]}" = 'runtime: goroutine 4 waits to send (select)' ]
    fatal free-with-sender 'go_free_chan: 1 goroutine waits for this channel'
    [ "${lines[0]}" = 'runtime: goroutine 2 waits to send' ]
}

@test "what is no channel, or no longer, is told from one" {
    fatal not-a-channel 'go_send: this is no channel, or it has been freed'
    fatal select-not-a-channel 'go_select: this is no channel, or it has been freed'
    # A sanitizer tells it by itself, at length.
    [ -z "$SAN" ] || return 0
    fatal freed-twice 'go_free_chan: this is no channel, or it has been freed'
    fatal used-after-free 'go_send: this is no channel, or it has been freed'
}

@test "each function tells what is no channel, or no longer, and says its name" {
    local f what
    for f in go_send go_recv go_recv_ok go_try_send go_try_recv go_close go_len go_cap \
        go_free_chan go_select; do
        for what in no-channel after-free; do
            # A sanitizer tells the use of what was freed by itself, at length.
            [ "$what" = no-channel ] || [ -z "$SAN" ] || continue
            program "tests/${part}_end" $what $f
            show
            [ "$status" -eq 2 ]
            grep -qxF "fatal error: $f: this is no channel, or it has been freed" <<<"$output"
        done
    done
}

@test "no function works outside a goroutine, and each says its name" {
    local f
    for f in go_make_chan go_send go_recv go_recv_ok go_try_send go_try_recv go_close \
        go_len go_cap go_free_chan go_select; do
        program "tests/${part}_end" outside $f
        show
        [ "$status" -eq 2 ]
        [ "${lines[0]}" = "fatal error: $f called outside a goroutine (see go_run)" ]
    done
}

# As Go 1.23.5 has said it. Places are others, and main.main is go_main here; what
# the program has called is shown, but nothing that only a macro has called.
@test "what ends a program is told as Go tells it, line by line" {
    # A sanitizer says more.
    [ -z "$SAN" ] || return 0
    local scenario
    for scenario in close-closed close-nil send-closed recv-alone recv-nil send-nil select-empty; do
        program "tests/${part}_end" $scenario
        show
        [ "$status" -eq 2 ]
        [[ "$output" != *_'(...)'* ]]
        diff - <(sed -n '1,/^goroutine/p; s/^go_main(\.\.\.)$/main.main()/p' <<<"$output") <<<"$(captured $scenario)"
    done
}

# ---- What tools see --------------------------------------------------------

@test "ThreadSanitizer: what a channel orders is no race" {
    for n in 1 2; do
        for name in send select receive close semaphore; do
            GOMAXPROCS=$n scenario end/order-$name
        done
    done
}

@test "ThreadSanitizer: what it does not order is one, as in Go" {
    [ "$SAN" = thread ] || return 0
    for name in semaphore receive close target; do
        GOMAXPROCS=2 program "tests/${part}_end" race-$name
        show
        [ "$status" -eq 66 ]
        [[ "$output" == *'data race'* ]]
    done
}

@test "ThreadSanitizer: no report, of programs or of the runtime itself, with three seeds" {
    case $SAN in thread | runtime) ;; *) return 0 ;; esac
    local seed n
    for seed in 5 6 7; do
        for n in 2 4; do
            GOMAXPROCS=$n scenario linear $seed 500
            [[ "$output" != *ThreadSanitizer* ]]
        done
        scenario model $seed 5000
        [[ "$output" != *ThreadSanitizer* ]]
    done
}

@test "AddressSanitizer: the use of a channel that was freed" {
    [ "$SAN" = address ] || return 0
    for name in freed-twice used-after-free; do
        program "tests/${part}_end" $name
        show
        [ "$status" -ne 0 ]
        [[ "$output" == *heap-use-after-free* ]]
    done
}

# ---- What the compiler says ------------------------------------------------

declarations='#include <goroutine.h>
#include <stdio.h>
struct big { int a[4]; }; struct thing { int n; }; struct huge { char c[65536]; };
struct unknown; enum color { RED };
void none(void); void one(int a); void with_chan(go_chan(int) ch, int n); void f(void);
#ifdef __cplusplus
struct nontrivial { nontrivial(); nontrivial(const nontrivial &); };
#endif
'

@test "what is wrong does not compile, and the compiler says why (C)" {
    once || return 0
    must_not_compile_c tests/06-chan_wrong.tsv
}

@test "what is wrong does not compile, and the compiler says why (C++)" {
    once || return 0
    must_not_compile_cpp tests/06-chan_wrong-cpp.tsv
}

@test "what is right compiles without a word of warning" {
    once || return 0
    must_compile tests/06-chan_good.tsv
}

@test "C++ has channels: of structs, channels and units, with select and range" {
    native || return 0
    for compiler in g++ clang++; do
        $compiler -std=c++17 -Wall -Wextra -Wshadow -Werror -pthread -Ilib -o "$BATS_TEST_TMPDIR/p" \
            -x c++ tests/06-chan_cpp.cpp -x none "$B/libgoroutine.a"
        run labs/tools/cap 60 "$BATS_TEST_TMPDIR/p"
        show
        [ "$status" -eq 0 ]
        [ "$output" = good ]
    done
}
