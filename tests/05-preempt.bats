#!/usr/bin/env bats
# Part 5, preemption: goroutines that compute are made to stop. The same tests
# run on every build; where no signals are sent (sanitizers) only those that
# need none.

load tools/test

setup() {
    # How many percent of the work is done where everything is slow.
    if [ -n "$RUN" ]; then export CHECK_SHARE=5; else export CHECK_SHARE=100; fi
}

# Signals are off with the sanitizers that look at threads and addresses, and
# were unknown to the first Go.
signals() {
    case $SAN$HISTORY in address | thread | runtime | 05-preempt/none | 05-preempt/prologue) return 1 ;; esac
}

# with PROCS SCENARIO: it must pass with that many p's.
with() { GOMAXPROCS=$1 scenario "signal/$2" "${@:3}"; }

# strangers PROGRAM: what its runtime calls or jumps to by name, and is not its own.
# (At the beginning of a run it calls __pthread_atfork: no goroutine is there yet.)
strangers() {
    {
        "${BINUTILS:-}nm" "$1" | sed -nE 's/^0*([0-9a-f]+) . (__start|__stop)_go_text$/\2 \1/p'
        "${BINUTILS:-}objdump" -d --section=go_text "$1" |
            sed -nE '/\*/d; s/.*\t(call|jmp|j[a-z]+|bl|b|b\.[a-z]+|cbn?z|tbn?z)[ \t].*\b([0-9a-f]+) <([^>]*)>.*/\3 \2/p' |
            grep -v '^__pthread_atfork' | sort -u
    } | awk '
        # Padded, so that they are compared as text.
        { at = substr("x000000000000", 1, 13 - length($2)) $2 }
        $1 == "__start" { start = at; next }
        $1 == "__stop" { stop = at; next }
        { n++ }
        at < start || at >= stop { print $1 }
        END { if (n < 100) print "only", n }'
}

@test "the runtime is never in code that counts as the user's: it has no stubs, and nothing of libgcc" {
    signals || return 0
    run strangers "$("$MAKE" -s where)/bin/tests/05-preempt_signal"
    show
    [ -z "$output" ]
    # Without what the Makefile says of it, it would be.
    native || return 0
    local build="$BATS_TEST_TMPDIR/build"
    program=$("$MAKE" -s BUILD="$build" OWN_CALLS= where)/bin/tests/05-preempt_signal
    "$MAKE" -s BUILD="$build" OWN_CALLS= "$program"
    run strangers "$program"
    show
    [[ "$output" == *'@plt'* ]]
}

@test "a loop that calls nothing does not keep others from running" {
    signals || return 0
    for procs in 1 2 4; do with $procs hog; done
}

@test "a loop that calls a function does not either, also where only functions look" {
    signals || [ "$HISTORY" = 05-preempt/prologue ] || return 0
    for procs in 1 2 4; do
        with $procs hog-that-calls
        with $procs calls-with-arguments
    done
}

@test "goroutine 1 may be the one that computes" {
    signals || return 0
    for procs in 1 2 4; do with $procs main-is-a-hog; done
}

@test "with GODEBUG=asyncpreemptoff=1 such a loop keeps its thread for ever, as in Go" {
    SECONDS_EACH=1 GOMAXPROCS=1 GODEBUG=asyncpreemptoff=1 program tests/05-preempt_signal hog
    show
    [ "$status" -eq 124 ]
}

@test "a checkpoint is enough where no signals are sent" {
    if [ "$HISTORY" = 05-preempt/none ]; then return 0; fi
    for procs in 1 2 4; do GODEBUG=asyncpreemptoff=1 with $procs checkpoint; done
}

@test "the world can be stopped while goroutines compute" {
    signals || return 0
    for procs in 1 4; do with $procs stop-the-world; done
}

@test "a run with goroutines that compute ends, and leaves nothing behind" {
    signals || return 0
    for procs in 1 2 4; do with $procs end; done
}

@test "every register is what it was, vectors and flags and the red zone too" {
    signals || return 0
    for procs in 1 2 4; do with $procs registers; done
}

@test "how numbers are rounded stays each goroutine's own affair" {
    signals || return 0
    for procs in 1 2; do with $procs rounding; done
}

@test "malloc, stdio and qsort in the loops: nothing breaks, nobody waits for ever" {
    signals || return 0
    for procs in 1 2 4; do with $procs libraries; done
}

@test "the runtime itself is not stopped, in the middle of starting and waiting" {
    signals || return 0
    for procs in 1 2 4; do with $procs in-runtime; done
}

@test "a function that a library has called is not stopped" {
    signals || return 0
    with 1 callback
}

@test "what an older call has left on the stack does not count as a library" {
    signals || return 0
    with 1 old-frames
}

@test "go_preempt_disable holds until it was undone as often, and then others run" {
    signals || return 0
    with 1 disabled
}

@test "a pthread mutex in a loop, with preemption disabled while it is held" {
    for procs in 1 2 4; do with $procs mutexes; done
}

@test "a coroutine is not stopped, the goroutine is after it" {
    signals || return 0
    with 1 coroutine
}

@test "a thread that sleeps in the kernel is not woken by signals" {
    # (Under an emulator the first steps are a computation.)
    signals && [ -z "$RUN" ] || return 0
    with 1 asleep
}

@test "a program that handles SIGURG is told that it has no signals" {
    signals || return 0
    with 2 urgent
    [ "${lines[0]}" = 'runtime: the program handles SIGURG, so no goroutine is stopped by a signal.' ]
    [ "${lines[1]}" = 'GODEBUG=asyncpreemptoff=1 says so without this line.' ]
    GODEBUG=asyncpreemptoff=1 with 2 urgent
    [ -z "$output" ]
}

@test "a dump shows where a goroutine was stopped, not the runtime's own frames" {
    signals || return 0
    GOTRACEBACK=all GOMAXPROCS=1 program tests/05-preempt_signal dump
    show
    [ "$status" -eq 2 ]
    grep -A 1 -F 'goroutine 2 [runnable]:' <<<"$output" | grep -q '^spin'
    [[ "$output" != *preempt_async* ]]
}

@test "a static program runs, and stops at checkpoints" {
    native && [ "$HISTORY" != 05-preempt/none ] || return 0
    "$COMPILER" -O2 -static -I lib -o "$BATS_TEST_TMPDIR/static" tests/05-preempt_static.c "$B/libgoroutine.a" -pthread
    run labs/tools/cap 20 "$BATS_TEST_TMPDIR/static"
    show
    [ "$status" -eq 0 ]
    [ "$output" = 'both ran' ]
}

# ---- A bad time for a signal ---------------------------------------------------

# later PROCS SCENARIO: who is never stopped is waited for.
later() { SECONDS_EACH=60 GOMAXPROCS=$1 scenario "later/$2"; }

@test "who is in a library, or in the runtime, when the signal comes is asked again, soon" {
    signals && [ -z "$RUN" ] || return 0
    later 1 asked-again
    later 2 in-a-library
}

@test "who sleeps in the kernel when it is to be asked again is left alone" {
    signals && [ -z "$RUN" ] || return 0
    later 1 asleep
}

@test "go_gomaxprocs: who was stopped goes on, and who called is watched where it is then" {
    signals && [ -z "$RUN" ] || return 0
    later 2 goes-on
    later 2 watched
}

@test "what an older run has left behind does not take sysmon away from the next" {
    signals && [ -z "$RUN" ] || return 0
    later 2 left-behind
}

@test "what a library has called is not stopped, also if it calls nothing" {
    signals || return 0
    later 1 called
}

@test "errno is a goroutine's own, wherever it is stopped" {
    signals || return 0
    later 2 errno
}

# ---- Checks of the exercises, on this build ----------------------------------

@test "preempt-request, is-user-text, is-safe, on-preempt, retake: their checks hold for the library" {
    case $HISTORY in 05-preempt/*) return 0 ;; esac
    for check in preempt-request is-user-text is-safe on-preempt retake; do scenario $check; done
}

@test "the programs of the labs print what they should" {
    signals || return 0
    for name in hog twins; do
        SECONDS_EACH=60 program labs/05-preempt/$name
        show
        [ "$status" -eq 0 ]
        [ "$output" = "$(cat labs/05-preempt/$name.out)" ]
    done
}

# ---- Bad input, and what cannot be stopped ------------------------------------

@test "GODEBUG: a name that is not known is said, and ignored" {
    [ "$HISTORY" != 05-preempt/none ] || return 0
    GODEBUG=nosuch=1,asyncpreemptoff=1,words GOMAXPROCS=2 program tests/05-preempt_signal checkpoint
    show
    [ "$status" -eq 0 ]
    [ "$output" = 'runtime: GODEBUG=nosuch=1 is ignored: there is no such setting
runtime: GODEBUG=words is ignored: expected name=value' ]
}

@test "a hog that nobody can stop is counted, and schedtrace says so, and why" {
    SECONDS_EACH=2 GOMAXPROCS=1 GODEBUG=asyncpreemptoff=1,schedtrace=50 program tests/05-preempt_signal hog
    show
    [[ "$output" == *'  hogs=1 refused='*': goroutines that computed on while others waited'* ]]
    [[ "$output" == *'  No signals are sent: '*'. Use go_checkpoint.'* ]]
    # And none is, where they stop.
    signals || return 0
    GOMAXPROCS=1 GODEBUG=schedtrace=20 program labs/05-preempt/twins
    [[ "$output" == *'SCHED '* && "$output" != *hogs=* ]]
}

# ---- How long one waits -------------------------------------------------------

@test "who waits for a goroutine that computes, waits for two time slices at most" {
    signals && [ -z "$RUN" ] || return 0
    with 1 slices
}

@test "GOMAXPROCS from 1 to 64: hogs stop, the world stops, runs end" {
    signals || return 0
    for procs in 1 2 3 8 16 64; do
        with $procs hog
        with $procs stop-the-world
        with $procs end
    done
}
