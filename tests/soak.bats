#!/usr/bin/env bats
# What takes too long for make test: many seeds, many signals, every number of
# p's. make soak runs this on several builds. SOAK is how many seeds (20).

load tools/test

seeds() { seq 1 "${SOAK:-20}"; }

# Where nobody is made to stop by a signal (05-preempt.bats).
signals() { case $SAN in address | thread | runtime) return 1 ;; esac }

# with PROCS PROGRAM SCENARIO ARGS...: it must pass with that many p's.
with() {
    SECONDS_EACH=600 GOMAXPROCS=$1 program "tests/$2" "${@:3}"
    show
    [ "$status" -eq 0 ]
}

@test "goroutines of all kinds, by many seeds" {
    for seed in $(seeds); do
        for procs in 1 2 4; do
            with $procs 03-gmp_sched stress "$seed" 8
            with $procs 03-gmp_sched steady "$seed" 8
        done
    done
}

@test "a pthread mutex, and checkpoints, again and again" {
    for _ in $(seeds); do
        for procs in 1 2 4; do with $procs 05-preempt_signal mutexes; done
        GODEBUG=asyncpreemptoff=1 with 4 05-preempt_signal checkpoint
    done
}

@test "100,000 preemptions by signal: every register is what it was" {
    signals || return 0
    for procs in 1 2 4; do with $procs 05-preempt_signal registers 100000; done
}

@test "malloc, stdio and qsort in the loops, many times over" {
    signals || return 0
    export CHECK_SHARE=1000
    for procs in 1 2 4; do with $procs 05-preempt_signal libraries; done
}

@test "the runtime is never stopped, in the middle of starting and waiting" {
    signals || return 0
    export CHECK_SHARE=1000
    for procs in 1 2 4; do with $procs 05-preempt_signal in-runtime; done
}

@test "GOMAXPROCS from 1 to 64, each of them" {
    signals || return 0
    for procs in $(seq 1 64); do
        for scenario in hog main-is-a-hog stop-the-world end; do
            with "$procs" 05-preempt_signal $scenario
        done
    done
}

@test "channels: histories and the model, by many seeds" {
    local histories=20000 operations=1000000
    if [ -n "$SAN" ]; then histories=2000 operations=100000; fi
    for seed in $(seeds); do
        for procs in 1 2 4; do with $procs 06-chan_linear "$seed" $histories; done
        with 1 06-chan_model "$seed" $operations
    done
}

@test "sync: what excludes and orders, many times over, with more p's than processors" {
    local round name procs
    local waits='group group-race group-freed once cond-race cond-stealing atomics-hammer'
    export CHECK_SHARE=100
    # An emulator cannot do what Dekker needs (07-sync.bats).
    if [ -n "$RUN" ]; then CHECK_SHARE=5; else waits+=' dekker'; fi
    # As in 07-sync.bats: else each process waits a second before it ends.
    case $SAN in
    thread | runtime)
        CHECK_SHARE=5
        export TSAN_OPTIONS="${TSAN_OPTIONS:+$TSAN_OPTIONS:}atexit_sleep_ms=0"
        ;;
    esac
    for round in $(seeds); do
        for procs in 1 2 4 8; do
            for name in mutex mutex-yields semaphore freed rwmutex rwmutex-try; do
                with $procs 07-sync_mutex $name
            done
            for name in $waits; do with $procs 07-sync_wait $name; done
            # Nobody is woken where there is one p.
            for name in states rescued sleeps; do
                with $((procs + (procs == 1))) 07-sync_alone $name
            done
            for name in churn counters one-wins nothing-is-missed few newer-values; do
                with $procs 07-sync-more_map $name
            done
            for name in stress procs-change; do with $procs 07-sync-more_pool $name; done
            for name in weighted-stress weighted-cancel-stress flight-stress flight-chan-stress; do
                with $procs 07-sync-more_group $name
            done
        done
    done
}

@test "sync: the model, by many seeds" {
    # It looks at the workers when all have run, which orders nothing.
    [ "$SAN" != thread ] || return 0
    local operations=1000000
    if [ -n "$SAN" ]; then operations=100000; fi
    for seed in $(seeds); do with 1 07-sync_model "$seed" $operations; done
}
