#!/usr/bin/env bats
# Part 7: semaphores, Mutex, RWMutex, WaitGroup, Once, Cond, atomics. The same
# tests run on every build: compilers, sanitizers, machines, and the learner's
# own parts.

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
    export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0"
}

# on_procs SCENARIO...: on one p, where steps need not be atomic, and on several.
on_procs() {
    local n
    for n in 1 2 8; do GOMAXPROCS=$n scenario "$@"; done
}

# dies STATUS SCENARIO...: it must end with this status.
dies() {
    program "tests/${part}_end" "${@:2}"
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

# panics SCENARIO TEXT [GOROUTINE]: it is a panic, which chapter 10 recovers.
panics() {
    dies 2 "$1"
    [ "${lines[0]}" = "panic: $2" ]
    [ "${lines[1]}" = "goroutine ${3:-1} [running]:" ]
    [ "$(grep -c '^goroutine ' <<<"$output")" -eq 1 ]
}

# fatal SCENARIO TEXT: it is a fatal error, which nobody recovers.
fatal() {
    dies 2 "$1"
    [ "${lines[0]}" = "fatal error: $2" ]
    [ "${lines[1]}" = 'goroutine 1 [running]:' ]
}

# ---- Alone -----------------------------------------------------------------

@test "alone: while all p's but one are idle, and only then" {
    local n
    for n in 2 8; do GOMAXPROCS=$n scenario alone/states; done
}

@test "alone: sysmon wakes another in the midst of plain steps, and none is lost" {
    local n
    for n in 2 8; do GOMAXPROCS=$n scenario alone/rescued; done
}

@test "alone: who waits behind a thread that sleeps is fetched" {
    local n
    for n in 2 8; do GOMAXPROCS=$n scenario alone/sleeps; done
}

# ---- Semaphores ------------------------------------------------------------

@test "semaphore: with one permit it is a mutex; try takes what is there" {
    on_procs mutex/semaphore
}

@test "semaphore: those who wait are woken in the order of their coming" {
    scenario mutex/sema-order
}

@test "semaphore: who is handed a permit runs at once, and has it; so has a chain" {
    scenario mutex/hand-off
    scenario mutex/hand-off-chain
}

@test "mutex: who hands it over goes aside for who gets it, unless it stays on its thread" {
    # That of Go 1.8 is never handed over.
    if [ "$HISTORY" = 07-sync/mutex-1.8 ]; then return 0; fi
    scenario mutex/hand-off-stays
}

@test "semaphore: without hand-over the releaser goes on, and may take it back" {
    scenario mutex/no-hand-off
}

@test "semaphore: the table against plain lists, at random; it never becomes a list" {
    scenario mutex/table
    scenario mutex/table-depth
}

@test "semaphore: a thousand of one root, each is woken for its own" {
    on_procs mutex/one-root
}

@test "semaphore: who waited when a run ended is forgotten in the next" {
    on_procs mutex/runs
}

# ---- Mutexes ---------------------------------------------------------------

@test "mutex: ten goroutines, lock and try_lock, nothing is lost" {
    on_procs mutex/mutex
}

@test "mutex: who has it lets others run meanwhile" {
    on_procs mutex/mutex-yields
}

@test "mutex: it has no owner" {
    on_procs mutex/no-owner
}

@test "mutex: who comes seldom gets it, although another has it nearly always" {
    scenario mutex/fairness
}

@test "mutex: the last who has it frees it at once" {
    on_procs mutex/freed
}

@test "rwmutex: readers are in at the same time" {
    on_procs mutex/parallel-readers
}

@test "rwmutex: readers and writers exclude one another" {
    on_procs mutex/rwmutex
}

@test "rwmutex: try says yes and no as in Go" {
    on_procs mutex/rwmutex-try
}

@test "rwmutex: a writer that waits comes before later readers, and they before the next writer" {
    scenario mutex/writer-first
}

# ---- Others ----------------------------------------------------------------

@test "wait group: sixteen wait for it, and it is used again" {
    on_procs wait/group
}

@test "wait group: what was done before done is seen after wait" {
    on_procs wait/group-race
}

@test "wait group: done comes by return and by go_goexit" {
    scenario wait/group-go
}

@test "wait group: who is counted may count more" {
    on_procs wait/group-nested
}

@test "wait group: the one who waits may free it" {
    on_procs wait/group-freed
}

@test "once: a hundred ask, and it is done once, before any goes on" {
    on_procs wait/once
}

@test "once: arguments of any type, evaluated by who does it" {
    scenario wait/once-arguments
}

@test "once: go_goexit has done it, however deep; a coroutine, too" {
    on_procs wait/once-goexit
    scenario wait/once-coroutine
}

@test "cond: each signal wakes one, and nobody wakes up for nothing" {
    on_procs wait/cond-signal
}

@test "cond: who waits longest comes first, also where numbers wrap around" {
    on_procs wait/cond-generations
    on_procs wait/cond-wraps
}

@test "cond: a broadcast wakes all" {
    on_procs wait/cond-broadcast
}

@test "cond: no signal is lost, and none is stolen" {
    on_procs wait/cond-race
    on_procs wait/cond-stealing
}

@test "atomics: each operation on each type, and nothing beside it is touched" {
    scenario wait/atomics
}

@test "atomics: nothing is lost, and two never both read the old (Dekker)" {
    on_procs wait/atomics-hammer
    # On x86 qemu lets a load (LDAR) pass the store (STLR) before it, which the
    # machine that it plays does not.
    [ -n "$RUN" ] || on_procs wait/dekker
}

# ---- Deadlocks -------------------------------------------------------------

@test "deadlock: what each goroutine waits for, in Go's words" {
    deadlock mutex-self 'sync.Mutex.Lock'
    deadlock rw-self 'sync.Mutex.Lock'
    deadlock rw-read-then-write 'sync.RWMutex.Lock'
    deadlock rw-write-then-read 'sync.RWMutex.RLock'
    deadlock group-wait 'sync.WaitGroup.Wait'
    deadlock cond-wait 'sync.Cond.Wait'
    deadlock sema-acquire 'semacquire'
    deadlock once-self 'sync.Mutex.Lock'
}

@test "deadlock: a reader that comes again behind a writer" {
    deadlock rw-recursive 'sync.RWMutex.RLock'
    grep -qx 'goroutine 2 \[sync.RWMutex.Lock\]:' <<<"$output"
}

@test "deadlock: all are listed" {
    dies 2 one-of-each
    [ "$(grep '^goroutine ' <<<"$output")" = 'goroutine 1 [sync.WaitGroup.Wait]:
goroutine 2 "locker" [sync.Mutex.Lock]:
goroutine 3 [sync.RWMutex.Lock]:
goroutine 4 [sync.RWMutex.RLock]:
goroutine 5 [sync.Cond.Wait]:
goroutine 6 [semacquire]:' ]
}

# ---- Misuse ----------------------------------------------------------------

@test "unlock of what is not locked is a fatal error, in Go's words" {
    fatal unlock-unlocked 'sync: unlock of unlocked mutex'
    fatal unlock-twice 'sync: unlock of unlocked mutex'
    fatal unlock-by-nobody 'sync: unlock of unlocked mutex'
    fatal cond-wait-unlocked 'sync: unlock of unlocked mutex'
    fatal runlock-unlocked 'sync: RUnlock of unlocked RWMutex'
    fatal runlock-of-writer 'sync: RUnlock of unlocked RWMutex'
    fatal runlock-twice 'sync: RUnlock of unlocked RWMutex'
    fatal rw-unlock-unlocked 'sync: Unlock of unlocked RWMutex'
    fatal rw-unlock-of-reader 'sync: Unlock of unlocked RWMutex'
    fatal rw-unlock-twice 'sync: Unlock of unlocked RWMutex'
}

@test "a wait group that is misused is a panic, in Go's words" {
    panics wg-negative 'sync: negative WaitGroup counter'
    panics wg-negative-add 'sync: negative WaitGroup counter'
    panics wg-reused 'sync: WaitGroup is reused before previous Wait has returned' 2
    panics wg-add-while-waiting 'sync: WaitGroup misuse: Add called concurrently with Wait'
}

@test "a copy of a mutex or a cond that was used says so" {
    local text='sync: this mutex was copied or moved after its first use (share a pointer to it)'
    for name in copy-locked copy-unlocked copy-try-lock copy-unlock copy-rwmutex; do
        fatal $name "$text"
    done
    for name in copy-cond-signal copy-cond-broadcast copy-cond-wait; do
        panics $name 'sync.Cond is copied'
    done
}

@test "a semaphore has a greatest number of permits" {
    fatal sema-too-many 'go_sema_release: too many permits (max 4294967295)'
}

@test "no function works outside a goroutine, and each says its name" {
    local f
    for f in go_mutex_lock go_mutex_try_lock go_mutex_unlock go_rwmutex_lock \
        go_rwmutex_try_lock go_rwmutex_unlock go_rwmutex_rlock go_rwmutex_try_rlock \
        go_rwmutex_runlock go_waitgroup_add go_waitgroup_done go_waitgroup_wait \
        go_once_do go_cond_wait go_cond_signal go_cond_broadcast go_sema_acquire \
        go_sema_try_acquire go_sema_release; do
        dies 2 outside $f
        [ "${lines[0]}" = "fatal error: $f called outside a goroutine (see go_run)" ]
    done
}

# ---- What tools see --------------------------------------------------------

@test "ThreadSanitizer: what these order is no race" {
    local n
    for n in 1 2; do
        for name in mutex try-lock rwmutex group once cond sema; do
            GOMAXPROCS=$n scenario end/order-$name
        done
    done
}

@test "ThreadSanitizer: what they do not order is one" {
    [ "$SAN" = thread ] || return 0
    for name in rlock two-mutexes once group; do
        GOMAXPROCS=2 program "tests/${part}_end" race-$name
        show
        [ "$status" -eq 66 ]
        [[ "$output" == *'data race'* ]]
    done
}

# ---- Against a model -------------------------------------------------------

@test "a million operations, at random, come out as a model says" {
    # It looks at the workers when all have run, which orders nothing.
    [ "$SAN" != thread ] || return 0
    for seed in 1 2 3 4; do
        scenario model $seed $((CHECK_SHARE * 2500))
    done
}

@test "what the model finds is made short: one reader woken, and not all" {
    # (The mistakes are in today's mutex.)
    native && [ -z "$HISTORY" ] || return 0
    local wrong program
    for wrong in rw-wakes-one-reader cond-broadcast-wakes-one group-wakes-one mutex-wakes-nobody; do
        program=$("$MAKE" -s --no-print-directory WRONG=$wrong where)/bin/tests/07-sync_model
        "$MAKE" -s --no-print-directory WRONG=$wrong "$program" >/dev/null
        run labs/tools/cap 60 "$program" 1 100000
        show
        [ "$status" -eq 1 ]
        [[ "${lines[0]}" =~ ^after\ [0-9]+\ operations:\ worker\ [0-9] ]] ||
            [[ "${lines[0]}" =~ ^after\ [0-9]+\ operations:\ [0-9]\ have\ the\ mutex ]]
        [[ "${lines[1]}" =~ ^shrunk\ to\ ([0-9]+):$ ]]
        [ "${BASH_REMATCH[1]}" -le 20 ]
    done
}

# Go's mutex before 1.9: without starvation mode, and as right otherwise.
@test "a mutex without starvation mode excludes as well, and loses nobody" {
    native && [ -z "$HISTORY" ] || return 0
    local where
    where=$("$MAKE" -s --no-print-directory HISTORY=07-sync/mutex-1.8 where)/bin/tests
    "$MAKE" -s --no-print-directory HISTORY=07-sync/mutex-1.8 "$where/07-sync_mutex" >/dev/null
    for name in mutex mutex-yields no-owner freed rwmutex; do
        GOMAXPROCS=4 run labs/tools/cap 60 "$where/07-sync_mutex" $name
        show
        [ "$status" -eq 0 ]
    done
}

# ---- What the compiler says ------------------------------------------------

declarations='#include <goroutine.h>
struct thing { int n; }; enum color { RED };
void none(void); void one(int a); void f(void);
'

@test "what is wrong does not compile, and the compiler says why (C)" {
    once || return 0
    must_not_compile_c tests/07-sync_wrong.tsv
}

@test "what is wrong does not compile, and the compiler says why (C++)" {
    once || return 0
    must_not_compile_cpp tests/07-sync_wrong-cpp.tsv
}

@test "what is right compiles without a word of warning" {
    once || return 0
    must_compile tests/07-sync_good.tsv
}

@test "C++ has mutexes, Once, Cond, semaphores and atomics; what throws has been done" {
    native || return 0
    for compiler in g++ clang++; do
        $compiler -std=c++17 -Wall -Wextra -Wshadow -Wpedantic -Werror -O2 -pthread -Ilib \
            -o "$BATS_TEST_TMPDIR/p" -x c++ tests/07-sync_cpp.cpp -x none "$B/libgoroutine.a"
        run labs/tools/cap 60 "$BATS_TEST_TMPDIR/p"
        show
        [ "$status" -eq 0 ]
        [ "$output" = good ]
    done
}

@test "an exception out of once, through C: it has been done, and nobody waits for it" {
    native || return 0
    printf '%s\n' '#include "goroutine.h"' 'extern void throws(void);' 'extern struct go_once once;' \
        'void asks(void);' 'void asks(void) { go_once_do(&once, throws); }' |
        gcc -std=gnu17 -O2 -fexceptions -Ilib -c -x c -o "$BATS_TEST_TMPDIR/c.o" -
    g++ -std=c++17 -O2 -pthread -Ilib -o "$BATS_TEST_TMPDIR/p" -x c++ - -x none \
        "$BATS_TEST_TMPDIR/c.o" "$B/libgoroutine.a" <<'CPP'
#include <cstdio>
#include "goroutine.h"

extern "C" {
struct go_once once;
void asks(void);
void throws(void) { throw 1; }
}

// The stack that the call has lain on is written anew.
__attribute__((noinline)) static void
overwrites()
{
    volatile char all[2000];

    for (auto &one : all)
        one = 0x55;
}

static void
catches()
{
    try {
        asks();
    } catch (int) {
        std::puts("caught");
    }
    overwrites();
    go_goexit();
}

static int
go_main(int, char **)
{
    struct go_waitgroup wg = {};

    go_waitgroup_go(&wg, catches);
    go_waitgroup_wait(&wg);
    asks();
    std::puts("done");
    return 0;
}

int main(int argc, char **argv) { return go_run(go_main, argc, argv); }
CPP
    run labs/tools/cap 60 "$BATS_TEST_TMPDIR/p"
    show
    [ "$status" -eq 0 ]
    [ "$output" = $'caught\ndone' ]
}

# ---- Lab programs ----------------------------------------------------------

@test "lab philosophers: each has had all its meals, on any number of p's" {
    local n
    for n in 1 2 8; do
        GOMAXPROCS=$n program "labs/$part/philosophers"
        show
        [ "$status" -eq 0 ]
        diff <(echo "$output") "labs/$part/philosophers.out"
    done
}

@test "lab philosophers: if all take the left fork first, nobody can go on, and it is said" {
    program "labs/$part/philosophers" left
    show
    [ "$status" -eq 2 ]
    [ "${lines[1]}" = 'fatal error: all goroutines are asleep - deadlock!' ]
    [ "$(grep -c '^goroutine .*\[sync.Mutex.Lock\]:$' <<<"$output")" -eq 5 ]
}

@test "lab starvation: who comes once starves with the mutex of Go 1.8, and not with today's" {
    local where
    if [ "$HISTORY" != 07-sync/mutex-1.8 ]; then
        program "labs/$part/starvation"
        show
        [ "$status" -eq 0 ]
        diff <(echo "$output") "labs/$part/starvation.out"
    fi
    native && [ -z "$MINE" ] || return 0
    where=$("$MAKE" -s --no-print-directory HISTORY=07-sync/mutex-1.8 where)/bin/labs/07-sync
    "$MAKE" -s --no-print-directory HISTORY=07-sync/mutex-1.8 "$where/starvation" >/dev/null
    run labs/tools/cap 60 "$where/starvation"
    show
    [ "$output" = 'the one who came once had it after 50 of 50 rounds' ]
}
