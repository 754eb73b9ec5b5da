#!/usr/bin/env bats
# Part 7, what stands on the locks: pool, map, weighted semaphore, errgroup,
# singleflight, and functions that run once. The same tests run on every build.

load tools/test

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

# on_procs SCENARIO...: on one p, and on several.
on_procs() {
    local n
    for n in 1 2 8; do GOMAXPROCS=$n scenario "$@"; done
}

# leaves_nothing SCENARIO...: the same, and all memory is freed.
leaves_nothing() {
    export ASAN_OPTIONS=$usual_asan
    on_procs "$@"
}

# dies STATUS SCENARIO...: it must end with this status.
dies() {
    program "tests/${part}_end" "${@:2}"
    show
    [ "$status" -eq "$1" ]
}

# deadlock SCENARIO REASON FUNCTION: goroutine 1 waits for this, there.
deadlock() {
    local n
    for n in 1 2; do
        GOMAXPROCS=$n dies 2 "$1"
        [ "${lines[0]}" = 'fatal error: all goroutines are asleep - deadlock!' ]
        [ "${lines[1]}" = "goroutine 1 [$2]:" ]
        [[ "$output" == *$'\n'"$3(...)"$'\n'* ]]
    done
}

# panics SCENARIO TEXT
panics() {
    dies 2 "$1"
    [ "${lines[0]}" = "panic: $2" ]
    [ "${lines[1]}" = 'goroutine 1 [running]:' ]
}

# fatal SCENARIO TEXT
fatal() {
    dies 2 "$1"
    grep -qxF "fatal error: $2" <<<"$output"
}

# ---- Pool ------------------------------------------------------------------

@test "pool: what was put can be got, the newest first; make makes what is not there" {
    on_procs pool/simple
    on_procs pool/makes
    leaves_nothing pool/many
}

@test "pool: a value survives one trim, and not a second, if nobody wants it" {
    leaves_nothing pool/trims
    leaves_nothing pool/victims-last
}

@test "pool: without drop nothing is lost" {
    leaves_nothing pool/keeps
}

@test "pool: time trims" {
    leaves_nothing pool/by-time
}

@test "pool: drop may use the pool, and wait" {
    leaves_nothing pool/drop-uses-pool
}

@test "pool: nobody has what another one has, while others trim" {
    leaves_nothing pool/stress
}

@test "pool: the same while GOMAXPROCS changes" {
    leaves_nothing pool/procs-change
}

@test "pool: what one p has put, others find" {
    leaves_nothing pool/found-by-others
}

# It is in the middle of what belongs to its p.
@test "pool: a put does not stop in a malloc of the program's own" {
    native || return 0
    "$COMPILER" -std=gnu17 -O2 -fno-builtin -pthread -Ilib -o "$BATS_TEST_TMPDIR/p" -x c - -x none \
        "$B/libgoroutine.a" -lm <<'C'
#include <stdio.h>
#include <time.h>
#include "goroutine.h"

static _Alignas(64) char all[1 << 26];
static size_t used;
static bool slow, ran;
static int slept;

// Other goroutines would have their turn long before it returns.
static void
take_long(void)
{
    struct timespec t;
    long begin, now;

    clock_gettime(CLOCK_MONOTONIC, &t);
    begin = t.tv_sec * 1000 + t.tv_nsec / 1000000;
    do {
        for (volatile int i = 0; i < 100000; i++)
            ;
        clock_gettime(CLOCK_MONOTONIC, &t);
        now = t.tv_sec * 1000 + t.tv_nsec / 1000000;
    } while (now - begin < 100);
    slept++;
}

void *
malloc(size_t bytes)
{
    void *piece = &all[__atomic_fetch_add(&used, (bytes + 63) & -64UL, __ATOMIC_RELAXED)];

    if (slow)
        take_long();
    return piece;
}

void free(void *piece) { (void)piece; }

void *
calloc(size_t n, size_t bytes)
{
    return malloc(n * bytes);
}

void *
realloc(void *piece, size_t bytes)
{
    char *to = malloc(bytes);

    for (size_t i = 0; piece != NULL && i < bytes && (char *)piece + i < all + sizeof(all); i++)
        to[i] = ((char *)piece)[i];
    return to;
}

static void runs(void) { ran = true; }

static int
go_main(int argc, char **argv)
{
    static struct go_pool pool;

    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go(runs);
    slow = true;
    for (int i = 0; i < 3; i++)
        go_pool_put(&pool, &all[i]);
    slow = false;
    printf("%s %s\n", slept > 1 ? "slow" : "quick", ran ? "stopped" : "whole");
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
    [ "$output" = 'slow whole' ]
}

@test "pool: what is in one that is never freed is no leak" {
    leaves_nothing pool/never-freed
}

# ---- Map -------------------------------------------------------------------

@test "map: 300,000 operations, at random, come out as a model says; hashes good and bad" {
    leaves_nothing map/as-a-model
    leaves_nothing map/without-places
}

@test "map: keys are copied, or given, and freed once" {
    leaves_nothing map/copied-keys
    leaves_nothing map/given-keys
    leaves_nothing map/asked-while-freed
}

@test "map: what comes and goes leaves nothing behind" {
    leaves_nothing map/churn
}

@test "map: what is cleared is freed, and what goes while there is always a range" {
    leaves_nothing map/cleared
    leaves_nothing map/range-always
    on_procs map/range-lost
}

@test "map: what an older run has left behind frees nothing that is looked at" {
    # It asks for what nobody may: ThreadSanitizer would say so.
    case $SAN in thread | runtime) return 0 ;; esac
    scenario map/left-behind
}

@test "map: a range, or a store, in a coroutine that others resume" {
    on_procs map/generator
}

@test "map: counters in a map lose no step" {
    leaves_nothing map/counters
}

@test "map: of those who store or delete the same key one is the first" {
    leaves_nothing map/one-wins
}

@test "map: what stays is always found, and shown once, while others come and go" {
    leaves_nothing map/nothing-is-missed
}

@test "map: three keys, stored, deleted and cleared by eight" {
    leaves_nothing map/few
}

@test "map: no older value follows a newer one" {
    leaves_nothing map/newer-values
}

@test "map: a range may delete what it is shown, wait, and end early" {
    leaves_nothing map/range-deletes
    leaves_nothing map/range-goexit
}

# ---- Weighted semaphore ----------------------------------------------------

@test "weighted: taken at once, or not" {
    on_procs group/weighted-try
}

@test "weighted: in the order of coming; who wants much is not overtaken" {
    on_procs group/weighted-in-order
}

@test "weighted: who gives up leaves the line, and those behind it come" {
    on_procs group/weighted-cancel
}

@test "weighted: more than there is waits for the end, in nobody's way" {
    on_procs group/weighted-too-much
}

@test "weighted: never more than there is, and all comes back" {
    leaves_nothing group/weighted-stress
    leaves_nothing group/weighted-cancel-stress
}

# ---- Errgroup --------------------------------------------------------------

@test "errgroup: the zero value works, again and again" {
    on_procs group/group-zero
}

@test "errgroup: the first error is kept, and cancels; so does the end" {
    leaves_nothing group/group-first-error
    leaves_nothing group/group-cancels
}

@test "errgroup: never more than the limit; try says whether there is room" {
    on_procs group/group-limit
    on_procs group/group-try
}

@test "errgroup: a task that ends by go_goexit gives its place back" {
    on_procs group/group-goexit
}

# ---- Singleflight ----------------------------------------------------------

@test "singleflight: one goes for it, and all have it; other keys are others" {
    on_procs group/flight-shares
    on_procs group/flight-stress
}

@test "singleflight: after forget a new call begins; who waits gets the old one" {
    on_procs group/flight-forget
}

@test "singleflight: if the function ends by go_goexit, so do all who wait" {
    on_procs group/flight-goexit
}

@test "singleflight: who does not wait has the result in a channel" {
    on_procs group/flight-chan
    on_procs group/flight-chan-goexit
    on_procs group/flight-chan-stress
}

# ---- Once ------------------------------------------------------------------

@test "functions that run once: all wait for the end, and have the value" {
    on_procs group/once
}

# ---- The end ---------------------------------------------------------------

@test "deadlock: what each waits for, in Go's words" {
    deadlock weighted-alone select go_weighted_acquire
    deadlock weighted-too-much 'chan receive (nil chan)' go_weighted_acquire
    deadlock group-waits 'sync.WaitGroup.Wait' go_errgroup_wait
    grep -qx 'created by go_errgroup_go in goroutine 1' <<<"$output"
    deadlock flight-follows 'sync.WaitGroup.Wait' go_singleflight_do
    deadlock flight-within-itself 'sync.WaitGroup.Wait' go_singleflight_do
}

@test "misuse is a panic, in Go's words, or an error that says what is wrong" {
    panics released-more 'semaphore: released more than held'
    panics limit-while-active \
        'errgroup: modify limit while 3 goroutines in the group are still active'
    fatal acquire-negative 'go_weighted_acquire: n is negative'
    fatal try-negative 'go_weighted_try_acquire: n is negative'
    fatal release-negative 'go_weighted_release: n is negative'
}

@test "no function works outside a goroutine, and each says its name" {
    local f n=0
    for f in $(grep -oE '\bgo_(pool|map|weighted|errgroup|singleflight)_[a-z_]+\(' lib/goroutine.h |
        tr -d '(' | sort -u); do
        dies 2 outside "$f"
        [ "${lines[0]}" = "fatal error: $f called outside a goroutine (see go_run)" ]
        n=$((n + 1))
    done
    [ $n -eq 26 ]
}

# ---- What tools see --------------------------------------------------------

@test "ThreadSanitizer: what these order is no race" {
    for n in 1 2; do
        GOMAXPROCS=$n scenario map/order
        for name in group cancelled weighted flight pool; do
            GOMAXPROCS=$n scenario group/order-$name
        done
    done
}

@test "ThreadSanitizer: what they do not order is one" {
    [ "$SAN" = thread ] || return 0
    for name in map:race group:race-weighted; do
        GOMAXPROCS=2 program "tests/${part}_${name%:*}" "${name#*:}"
        show
        [ "$status" -eq 66 ]
        [[ "$output" == *'data race'* ]]
    done
}

@test "the same in C++" {
    native || return 0
    local compiler
    for compiler in g++ clang++; do
        $compiler -std=c++17 -Wall -Wextra -Wpedantic -Wshadow -Werror -O2 -I lib \
            "tests/${part}_cpp.cpp" "$B/libgoroutine.a" -pthread -o "$BATS_TEST_TMPDIR/cpp"
        run labs/tools/cap 60 "$BATS_TEST_TMPDIR/cpp"
        show
        [ "$status" -eq 0 ]
    done
}
