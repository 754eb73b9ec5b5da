#!/usr/bin/env bats
# Part 4, stealing: rings, who is woken, and who steals from whom. The same tests
# run on every build: compilers, sanitizers, machines, and the learner's parts.

load tools/test

setup() {
    # How many percent of the work is done where everything is slow.
    case $SAN in
    thread | runtime)
        export CHECK_SHARE=10
        export TSAN_OPTIONS="${TSAN_OPTIONS:+$TSAN_OPTIONS:}atexit_sleep_ms=0"
        ;;
    ?*) export CHECK_SHARE=40 ;;
    *) if [ -n "$RUN" ]; then export CHECK_SHARE=10; else export CHECK_SHARE=100; fi ;;
    esac
}

# ---- A ring ----------------------------------------------------------------

@test "a ring is first in, first out, and says when it is full" {
    scenario queues/first-in-first-out
}

@test "a ring that is full gives away its older half, and the new one" {
    scenario queues/overflows
}

@test "a thief takes half, rounded up, of a ring of each length" {
    scenario queues/steals-half
    scenario queues/takes-half
}

@test "who was readied last runs next, and pushes out who should have" {
    scenario queues/runs-next
}

@test "those who ready one another share one slice, which ends" {
    scenario queues/slice-ends
}

@test "with one p the ring does the same, without atomic steps" {
    scenario queues/alone
}

@test "each of 200,000 is taken once, by the owner or one of three thieves" {
    scenario queues/thieves
}

@test "a ring is not called empty if there was something at each moment" {
    scenario queues/never-empty
}

@test "a thief comes to each p once, in any order, for 1 to 64 of them" {
    scenario queues/order
}

# ---- Where memory is near --------------------------------------------------

@test "a thief comes first to those whose memory is near, on a machine of four nodes" {
    native || return 0
    $COMPILER -std=gnu17 -D_GNU_SOURCE -pthread -I"$B/src" -o "$BATS_TEST_TMPDIR/p" \
        tests/04-steal-topology.c "$B/libgoroutine.a"
    run labs/tools/cap 60 "$BATS_TEST_TMPDIR/p"
    show
    [ "$status" -eq 0 ]
}

# ---- Turns -----------------------------------------------------------------

@test "ten goroutines on one p begin in Go's order: 9 0 1 2 3 4 5 6 7 8" {
    # With one queue for all, the first came first.
    [ "$HISTORY" != 04-steal/global-queue ] || return 0
    scenario sched/last-first
    [ "$output" = '9 0 1 2 3 4 5 6 7 8' ]
}

@test "far more goroutines than rings hold run once each" {
    scenario sched/very-many
}

@test "pairs that ready one another, and one that yields, all go on, on one p" {
    scenario sched/ping-pong-hog
}

@test "those who yield on one p take turns, two or a thousand" {
    scenario sched/yield-in-turn
}

# ---- Waking ----------------------------------------------------------------

@test "as many goroutines as GOMAXPROCS run at the same time, up to 64" {
    scenario sched/all-work
}

@test "what is ready behind one that computes is run by others, each time" {
    scenario sched/none-is-lost
}

@test "chains of goroutines on 1 to 64 p's" {
    scenario sched/chains
}

@test "at rest no thread wakes up, and work wakes them again" {
    # What an emulator or a sanitizer does at rest is its own.
    native || return 0
    scenario sched/rests
}

# ---- GODEBUG ---------------------------------------------------------------

@test "GODEBUG=schedtrace: a line each time, in Go's form" {
    GOMAXPROCS=3 GODEBUG=schedtrace=20 scenario sched/is-traced
    [ "${#lines[@]}" -ge 2 ]
    local line number='[0-9]+'
    for line in "${lines[@]}"; do
        # Chapter 5's: on a machine with much to do somebody may count as a hog.
        if [[ "$line" == '  hogs='* || "$line" == '  No signals are sent'* ]]; then continue; fi
        [[ "$line" =~ ^SCHED\ ${number}ms:\ gomaxprocs=3\ idleprocs=$number\ threads=$number\ spinningthreads=$number\ needspinning=[01]\ idlethreads=$number\ runqueue=$number\ \[$number\ $number\ $number\]$ ]]
    done
    [[ "${lines[0]}" == 'SCHED 0ms: '* ]]
}

@test "GODEBUG=scheddetail: each p, m and g, in Go's form" {
    GOMAXPROCS=2 GODEBUG=scheddetail=1,schedtrace=20 scenario sched/is-traced
    local forms='^SCHED [0-9]+ms: gomaxprocs=2 idleprocs=[0-9]+ threads=[0-9]+ spinningthreads=[0-9]+ needspinning=[01] idlethreads=[0-9]+ runqueue=[0-9]+ gcwaiting=(true|false) nmidlelocked=[0-9]+ stopwait=[0-9]+ sysmonwait=false$
^  P[01]: status=[013] schedtick=[0-9]+ syscalltick=0 m=(nil|[0-9]+) runqsize=[0-9]+ gfreecnt=[0-9]+ timerslen=0$
^  M[0-9]+: p=(nil|[01]) curg=(nil|[0-9]+) mallocing=0 throwing=0 preemptoff= locks=0 dying=0 spinning=(true|false) blocked=(true|false) lockedg=(nil|[0-9]+)$
^  G[0-9]+: status=[0-9]+\([A-Za-z .]*\) m=(nil|[0-9]+) lockedm=(nil|[0-9]+)$'
    [ -z "$(grep -vE -e "$forms" -e '^  (hogs=|No signals are sent)' <<<"$output")" ]
    grep -qE '^  G1: status=2\(\) m=[0-9]+ lockedm=nil$' <<<"$output"
    grep -qE '^  G[0-9]+: status=4\(sync.WaitGroup.Wait\) m=nil lockedm=nil$' <<<"$output"
    grep -qE '^  G[0-9]+: status=[12]\(\) m=(nil|[0-9]+) lockedm=[0-9]+$' <<<"$output"
    grep -qE '^  M[0-9]+: .* lockedg=[0-9]+$' <<<"$output"
}

# ---- Goroutines that have not begun ------------------------------------------

@test "a goroutine that waits for its first turn takes no page, and all run" {
    # Main starts them all before one runs: nobody shall stop it meanwhile.
    GODEBUG=asyncpreemptoff=1 scenario fresh/many-wait
}

@test "who begins on the stack of one that has ended finds nothing of it" {
    # (Whoever is made to stop between asking where errno is, and setting it, sets
    # that of another thread: chapter 5.)
    for n in 1 2 4; do GODEBUG=asyncpreemptoff=1 GOMAXPROCS=$n scenario fresh/nothing-left; done
}

@test "a thread that a goroutine has made does not round as that goroutine does" {
    for n in 2 4 8; do GOMAXPROCS=$n scenario fresh/thread-of-a-goroutine; done
}

@test "who begins where another ended does not go on in that one's coroutine" {
    for n in 1 2 4; do GOMAXPROCS=$n scenario fresh/after-coroutine; done
}

@test "behind one that ended, who waits in a coroutine goes on there, on this thread" {
    for n in 1 2 4; do GOMAXPROCS=$n scenario fresh/on-in-coroutine; done
}

@test "the first goroutine of a thread rounds as any other, and has its traps masked" {
    for n in 1 2 4; do GOMAXPROCS=$n scenario fresh/first-on-thread; done
}

@test "stacks of all sizes, and goroutines with a thread of their own, end and begin anew" {
    for n in 1 2 4; do GOMAXPROCS=$n scenario fresh/all-kinds; done
}

@test "a goroutine that has not begun is in a dump" {
    export GOTRACEBACK=all
    program tests/04-steal_fresh is-dumped
    show
    [ "$status" -eq 2 ]
    [ "$(grep -c -e '^goroutine 2 \[runnable\]:$' -e '^goroutine 3 "second" \[runnable\]:$' -e '^never_begins(...)$' \
        -e '^created by is_dumped in goroutine 1$' <<<"$output")" -eq 6 ]
}

@test "GODEBUG: what makes no sense is named, and ignored" {
    GODEBUG=schedtrace=often,scheddetail=2 scenario sched/yield-in-turn
    [ "$output" = 'runtime: GODEBUG=schedtrace=often is ignored: expected a number of milliseconds
runtime: GODEBUG=scheddetail=2 is ignored: expected 0 or 1' ]
}

# ---- Lab programs ----------------------------------------------------------

lab() {
    program "labs/04-steal/$1"
    show
    [ "$status" -eq 0 ]
    diff <(echo "$output") "labs/04-steal/$1.out"
}

@test "lab tree: a tree is summed up, and spreads over two threads by itself" {
    lab tree
}

@test "lab fair: with one p nobody waits for ever, and those who yield keep step" {
    lab fair
}
