#!/usr/bin/env bats
# Part 3, the scheduler: goroutines on all threads. The same tests run on every
# build: compilers, sanitizers, machines, and the learner's own parts.

load tools/test
load tools/compiles

setup() {
    # How many percent of the work is done where everything is slow. A fiber of
    # ThreadSanitizer takes a millisecond, and there are 8,128.
    case $SAN in
    thread | runtime)
        export CHECK_SHARE=10
        # Otherwise each process waits a second before it ends.
        export TSAN_OPTIONS="${TSAN_OPTIONS:+$TSAN_OPTIONS:}atexit_sleep_ms=0"
        ;;
    ?*) export CHECK_SHARE=40 ;;
    *) if [ -n "$RUN" ]; then export CHECK_SHARE=10; else export CHECK_SHARE=100; fi ;;
    esac
}

# dies STATUS SCENARIO...: it must end with this status. Standard output and
# error are in output, one after the other, addresses and paths as XXX.
dies() {
    local wanted=$1 name=$2
    shift 2
    program "tests/${part}_${name%%/*}" "${name#*/}" "$@"
    show
    [ "$status" -eq "$wanted" ]
    output=$(sed -E 's/0x[0-9a-f]+/XXX/g; s/^\t[^ ]*\/([^/ ]+)\+XXX$/\t\1+XXX/' <<<"$output")
    mapfile -t lines <<<"$output"
}

# fatal SCENARIO TEXT: status 2, and this is the first line.
fatal() {
    local text=$2 name
    read -ra name <<<"$1"
    dies 2 "${name[@]}"
    [ "${lines[0]}" = "fatal error: $text" ]
}

# has LINE...: these lines are in output, in this order, others in between.
has() {
    local line from=0 i
    for line; do
        for ((i = from; i < ${#lines[@]}; i++)); do
            if [ "${lines[i]}" = "$line" ]; then break; fi
        done
        if [ "$i" -eq ${#lines[@]} ]; then
            printf 'not there, or not in this order: %s\n' "$line"
            return 1
        fi
        from=$((i + 1))
    done
}

# headers: the first lines of the goroutines in output.
headers() { grep -E '^goroutine [0-9]+' <<<"$output"; }

# ---- A check of an exercise, on this build ---------------------------------

# (The others are played by the explorer: make explore.)
@test "global-share: a p takes its share of the global queue, no more and no less" {
    scenario global-share
}

# ---- Lab programs ----------------------------------------------------------

# Standard output and error are one here. How far in a function a call stands,
# and which of the runtime's own frames are seen, is the compiler's affair; and
# where it has merged two places, that one has no line.
lab() {
    local frames='/\(\.\.\.\)$/ { held = $0; next }
        held != "" { if ($0 !~ /^\tlib\/|[^ ]\+0x/) print held "\n" $0; held = ""; next }
        { print }'
    for procs in 1 2 4; do
        GOMAXPROCS=$procs program "labs/$part/$1"
        show
        [ "$status" -eq "$2" ]
        diff <(awk "$frames" <<<"$output" | sed -E 's/ \+0x[0-9a-f]+$//') "labs/$part/$1.out"
    done
}

@test "lab ring: prints what it should, with any number of p's" {
    lab ring 0
}

@test "lab deadlock: Go's words, and where each goroutine stands" {
    lab deadlock 2
}

# ---- Turns -----------------------------------------------------------------

@test "a chain of 10,000 goroutines carries a value to its end" {
    scenario sched/chain
}

@test "the world stops for each change of GOMAXPROCS, and all go on after it" {
    scenario sched/stop-the-world
}

@test "several that change GOMAXPROCS at a time do so one after the other" {
    scenario sched/two-stop-the-world
}

@test "who yields lets others make progress, on one p and on several" {
    scenario sched/yield-progress
}

@test "who yields lets others make progress, locked to a thread or not" {
    scenario sched/yield-locked-progress
}

@test "as many goroutines as GOMAXPROCS run at the same time" {
    scenario sched/parallel
}

@test "a goroutine that waits behind one that computes is run by another p" {
    scenario sched/rescued
}

@test "what waits behind a goroutine that computes is rescued also if no p is idle" {
    scenario sched/rescued-by-yielder
}

@test "all that wait behind one that computes are run by another p" {
    scenario sched/all-rescued
}

@test "on one p goroutines begin in the order of their start" {
    scenario sched/order
}

@test "two that ready one another do not keep the global queue waiting" {
    scenario sched/global-queue-is-served
}

@test "go_num_goroutine counts those that run, wait, and have not begun" {
    scenario sched/num-goroutine
}

@test "goroutine 1 is the first, and no number is given twice" {
    scenario sched/ids
}

# ---- A thread of one's own -------------------------------------------------

@test "go_lock_os_thread nests, and go_unlock_os_thread without it does nothing" {
    scenario sched/lock-nesting
}

@test "nobody else runs on the thread of one who is locked" {
    scenario sched/own-threads
}

@test "who ends while locked takes its thread along" {
    scenario sched/lock-exit
}

@test "who has unlocked leaves its thread to the others" {
    scenario sched/unlock-exit
}

@test "the thread that called go_run stays when goroutine 1 ends locked to it" {
    scenario sched/lock-exit-main
}

# ---- What moves along ------------------------------------------------------

@test "errno, the current g and the m are right when a goroutine changes threads" {
    scenario sched/errno-moves
}

@test "the scheduler leaves errno as it was" {
    scenario sched/errno-stays
}

# ---- go --------------------------------------------------------------------

@test "arguments arrive, of each width, signed and not, six, variadic" {
    scenario go/arguments
}

@test "each argument is evaluated once, by the goroutine that says go" {
    scenario go/evaluated-once
}

@test "go is a statement, after if and else without braces" {
    scenario go/statement
}

@test "go_with gives a name and a stack, and later goroutines do not have them" {
    scenario go/with
}

# ---- WaitGroups ------------------------------------------------------------

@test "all who wait for a group go on at 0, not before, and it is used again" {
    scenario go/many-wait
}

@test "goroutines of a group add to it" {
    scenario go/add-inside
}

@test "many threads count a group down" {
    scenario go/many-done
}

@test "no waiter is lost when wait and done meet" {
    scenario go/wait-and-done-meet
}

@test "the memory of a group may go when wait returns" {
    scenario go/gone-after-wait
}

@test "a goroutine of a group that calls go_goexit is done" {
    scenario go/goexit-is-done
}

# ---- Coroutines in goroutines ----------------------------------------------

@test "a coroutine yields to the scheduler, waits, and goes on on another thread" {
    scenario go/generators
}

@test "a coroutine in a coroutine waits, and its goroutine with it" {
    scenario go/nested
}

@test "one coroutine is resumed by many goroutines in turn" {
    scenario go/handed-on
}

@test "a coroutine starts goroutines, and waits for them" {
    scenario go/go-in-coroutine
}

@test "a run ends while goroutines stand in coroutines" {
    scenario go/end-in-coroutine
}

# ---- go_run ----------------------------------------------------------------

@test "go_run returns what main_fn returns" {
    scenario run/value
}

@test "main_fn gets argc and argv as they were given" {
    scenario run/arguments some 'more arguments' ''
}

@test "1,000 runs, each left with goroutines of all kinds, leave nothing behind" {
    # A sanitizer keeps what was freed, and a trace what has happened.
    if [ -z "$SAN$RUN$TRACE" ]; then export CHECK_RSS=1; fi
    GOMAXPROCS=2 scenario run/again
    GOMAXPROCS=1 scenario run/again
}

@test "1,000 runs need no more threads than one" {
    GOMAXPROCS=2 scenario run/again-quietly
}

@test "each run counts from 1" {
    scenario run/fresh
}

@test "who computes at the end is left alone, and the next run works" {
    # (Later parts know how to stop it, unless they must not.)
    export GODEBUG=asyncpreemptoff=1
    GOMAXPROCS=2 scenario run/abandoned
    GOMAXPROCS=4 scenario run/abandoned
}

@test "threads call go_run one after the other" {
    scenario run/threads-in-turn
}

@test "main_fn stays on the thread of go_run if it locks itself to it" {
    for n in 1 2 4; do GOMAXPROCS=$n scenario run/locked-main; done
}

@test "main_fn may return while it is locked to another thread" {
    for n in 2 4; do GOMAXPROCS=$n scenario run/locked-elsewhere; done
}

@test "the world really stops for a change of GOMAXPROCS in the next run, too" {
    GODEBUG=asyncpreemptoff=1 GOMAXPROCS=2 scenario run/stop-in-next-run
}

@test "a child after fork may begin a run, if there was none" {
    # ThreadSanitizer allows no thread in such a child, and qemu fails there.
    [ "$SAN" != thread ] && [ "$SAN" != runtime ] && [ -z "$RUN" ] || return 0
    scenario run/fork-first
}

@test "a child of a goroutine may exec and exit, and has its errno" {
    scenario run/fork-in-goroutine
}

# ---- How many processors ---------------------------------------------------

@test "GOMAXPROCS is a plain number; what is not is named, and ignored" {
    local usual value
    program "tests/${part}_run" procs
    usual=$output
    for value in abc 0 -1 1e9 ' 4' '4 ' +4 0x4 2147483648 99999999999; do
        GOMAXPROCS=$value program "tests/${part}_run" procs
        show
        [ "$status" -eq 0 ]
        [ "$output" = "runtime: GOMAXPROCS=$value is ignored: expected a number from 1 to 4096
$usual" ]
    done
    for value in 5000 4097 2147483647; do
        GOMAXPROCS=$value program "tests/${part}_run" procs
        show
        [ "$output" = "runtime: GOMAXPROCS=$value: there are no more than 4096
4096" ]
    done
    GOMAXPROCS='' program "tests/${part}_run" procs
    [ "$output" = "$usual" ]
    for value in 1 3 4 007 4096; do
        GOMAXPROCS=$value program "tests/${part}_run" procs
        show
        [ "$output" = "$((10#$value))" ]
    done
}

@test "go_gomaxprocs returns the value before; below 1 it changes nothing" {
    GOMAXPROCS=2 scenario sched/procs-change
}

@test "by default there are as many p's as the affinity allows" {
    local cpu
    cpu=$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')
    run taskset -c "$cpu" labs/tools/cap 60 $RUN "$B/bin/tests/${part}_run" procs
    show
    [ "$output" = 1 ]
    run taskset -c "$cpu" labs/tools/cap 60 $RUN "$B/bin/tests/${part}_run" num-cpu
    show
    [ "$output" = 1 ]
    program "tests/${part}_run" num-cpu
    show
    [ "$output" = "$(env -u OMP_NUM_THREADS nproc)" ]
}

@test "by default there are no more p's than the control group pays for" {
    native || return 0
    $COMPILER -std=gnu17 -D_GNU_SOURCE -pthread -I"$B/src" -o "$BATS_TEST_TMPDIR/p" \
        tests/03-gmp-maxprocs.c "$B/libgoroutine.a"
    run labs/tools/cap 60 "$BATS_TEST_TMPDIR/p"
    show
    [ "$status" -eq 0 ]
}

# ---- The end of all --------------------------------------------------------

@test "deadlock: Go's words, and every goroutine with reason, name, calls and origin" {
    GOMAXPROCS=2 fatal end/deadlock 'all goroutines are asleep - deadlock!'
    [ "${lines[1]}" = '' ]
    [ "${lines[2]}" = 'goroutine 1 [sync.WaitGroup.Wait]:' ]
    [ "$(headers)" = 'goroutine 1 [sync.WaitGroup.Wait]:
goroutine 2 "reader" [sync.WaitGroup.Wait]:
goroutine 3 [sync.WaitGroup.Wait, locked to thread]:' ]
    has 'goroutine 1 [sync.WaitGroup.Wait]:' 'innermost(...)' 'between(...)' \
        'outermost(...)' 'go_main(...)' '' \
        'goroutine 2 "reader" [sync.WaitGroup.Wait]:' 'innermost(...)' \
        'between(...)' 'outermost(...)' 'created by starts_one in goroutine 1' '' \
        'goroutine 3 [sync.WaitGroup.Wait, locked to thread]:' \
        'created by deadlock in goroutine 1'
    [[ "$output" == *$'created by starts_one in goroutine 1\n\ttests/03-gmp_end.c:'* ]]
    # The runtime's own functions are not the user's concern.
    [[ "$output" != *walk_here* && "$output" != *main_start* && "$output" != *goroutine_start* ]]
}

@test "deadlock: noticed whoever was the last to run, on one thread and many" {
    for n in 1 2 8; do
        for name in deadlock-alone deadlock-after-others; do
            GOMAXPROCS=$n fatal end/$name 'all goroutines are asleep - deadlock!'
            [ "$(headers)" = 'goroutine 1 [sync.WaitGroup.Wait]:' ]
        done
    done
}

@test "deadlock: noticed when goroutines are locked to threads" {
    for n in 1 2 8; do
        GOMAXPROCS=$n fatal end/deadlock-locked 'all goroutines are asleep - deadlock!'
        [ "$(headers)" = 'goroutine 1 [sync.WaitGroup.Wait, locked to thread]:' ]
        GOMAXPROCS=$n fatal end/deadlock-locked-other 'all goroutines are asleep - deadlock!'
        [ "$(headers)" = 'goroutine 1 [sync.WaitGroup.Wait, locked to thread]:
goroutine 2 [sync.WaitGroup.Wait, locked to thread]:' ]
    done
}

@test "deadlock: a goroutine that waits in a coroutine is listed, and no frame is made up" {
    fatal end/deadlock-in-coro 'all goroutines are asleep - deadlock!'
    has 'goroutine 1 [sync.WaitGroup.Wait]:' 'innermost(...)'
    [[ "$output" != *'?(...)'* ]]
}

@test "goroutine 1 calls go_goexit: the others go on, then Go's words" {
    for n in 1 2 8; do
        GOMAXPROCS=$n fatal end/goexit-main 'no goroutines (main called runtime.Goexit) - deadlock!'
        [ "${#lines[@]}" -eq 1 ]
        for name in goexit-main-others goexit-main-another goexit-main-locked; do
            GOMAXPROCS=$n fatal end/$name 'no goroutines (main called runtime.Goexit) - deadlock!'
            [ "${#lines[@]}" -eq 2 ]
            [ "${lines[1]}" = 'worker finished' ]
        done
    done
}

@test "how long a goroutine has waited is told in minutes" {
    # It sets the clock back behind the runtime's back.
    [ "$SAN" != runtime ] || return 0
    fatal end/minutes 'all goroutines are asleep - deadlock!'
    [ "$(headers)" = 'goroutine 1 [sync.WaitGroup.Wait]:
goroutine 2 [sync.WaitGroup.Wait, 3 minutes]:' ]
}

@test "GOTRACEBACK says how much is told" {
    GOTRACEBACK=none fatal end/deadlock 'all goroutines are asleep - deadlock!'
    [ "${#lines[@]}" -eq 1 ]
    for level in single all; do
        GOTRACEBACK=$level fatal end/deadlock 'all goroutines are asleep - deadlock!'
        [ "$(headers | wc -l)" -eq 3 ]
        [[ "$output" != *main_start* ]]
    done
    GOTRACEBACK=system fatal end/deadlock 'all goroutines are asleep - deadlock!'
    has 'goroutine 1 [sync.WaitGroup.Wait]:' 'innermost(...)' 'go_main(...)' 'main_start(...)' \
        'goroutine 2 "reader" [sync.WaitGroup.Wait]:' 'innermost(...)' 'goroutine_start(...)'
    GOTRACEBACK=crash dies 134 end/deadlock
    [ "${lines[0]}" = 'fatal error: all goroutines are asleep - deadlock!' ]
    # A panic speaks of its own goroutine only, unless it is told to.
    GOTRACEBACK=none dies 2 end/wg-negative
    [ "$output" = 'panic: sync: negative WaitGroup counter' ]
}

@test "a stack that overflows is named on whichever thread it runs" {
    # A sanitizer has its own handler.
    [ "$SAN" != address ] || return 0
    for n in 1 2; do
        GOMAXPROCS=$n dies 2 end/overflow
        [ "${lines[0]}" = 'runtime: goroutine 2 "deep" stack exceeds 65536-byte limit' ]
        [ "${lines[2]}" = 'fatal error: stack overflow' ]
        has 'goroutine 2 "deep" [running]:' 'created by overflow in goroutine 1'
    done
}

@test "more threads than allowed: Go's words, and the limit is that of go_set_max_threads" {
    dies 2 end/max-threads
    [ "${lines[0]}" = 'runtime: program exceeds 8-thread limit' ]
    [ "${lines[1]}" = 'fatal error: thread exhaustion' ]
    GOMAXPROCS=2 dies 2 end/max-threads-low
    [ "${lines[0]}" = 'runtime: program exceeds 1-thread limit' ]
    [ "${lines[1]}" = 'fatal error: thread exhaustion' ]
    scenario end/max-threads-value
}

# ---- Misuse ----------------------------------------------------------------

@test "go of NULL is a fatal error, in Go's words" {
    for name in go-nil go-nil-with; do
        fatal end/$name 'go of nil func value'
        [ "${lines[2]}" = 'goroutine 1 [running]:' ]
        has 'go_main(...)'
    done
}

@test "a stack_max below the least is a fatal error that names it" {
    fatal end/small-stack 'go_with: stack_max is 16383; the least is 16384 (GO_STACK_MIN)'
}

@test "a group below 0 is a panic, in Go's words" {
    for name in wg-negative wg-negative-add; do
        dies 2 end/$name
        [ "${lines[0]}" = 'panic: sync: negative WaitGroup counter' ]
        [ "${lines[1]}" = '' ]
        [ "${lines[2]}" = 'goroutine 1 [running]:' ]
        has 'go_main(...)'
        [ "$(headers | wc -l)" -eq 1 ]
    done
}

@test "an add from 0 while others wait is a panic, in Go's words" {
    dies 2 end/wg-add-with-waiters
    [ "${lines[0]}" = 'panic: sync: WaitGroup misuse: Add called concurrently with Wait' ]
}

@test "go_run in a goroutine, in a coroutine, of NULL, and by two threads is a fatal error" {
    fatal end/nested 'go_run called from a goroutine'
    fatal end/nested-below 'go_run called from a goroutine'
    [ "${lines[2]}" = 'goroutine 2 [running]:' ]
    fatal end/nested-in-coro 'go_run called from a goroutine'
    fatal 'end/outside-in-coro go_run' 'go_run called in a coroutine'
    fatal end/main-is-null 'go_run: main_fn is NULL'
    fatal 'end/beside go_run' 'go_run called while another thread is in it'
}

@test "go_goexit in a coroutine is a fatal error" {
    fatal end/goexit-in-coro 'go_goexit called in a coroutine: return from it first'
    has 'goroutine 1 [running]:' 'exits_in_coro(...)'
}

# Every function that must be called in a goroutine, and what it is called in
# the message.
functions=(go go_with=go go_waitgroup_go=go go_gosched go_goexit go_id go_num_goroutine
    go_gomaxprocs go_gomaxprocs-read=go_gomaxprocs go_lock_os_thread go_unlock_os_thread
    go_set_max_threads go_stack_high_water go_waitgroup_add go_waitgroup_done
    go_waitgroup_wait)

# some NAME...: all, or three where a program takes a second to begin.
some() {
    if [ -n "$SAN$RUN" ]; then shift $(($# - 3)); fi
    printf '%s\n' "$@"
}

@test "no function works outside a goroutine, and each says its name" {
    local f how
    fatal 'end/outside-after go_id' 'go_id called outside a goroutine (see go_run)'
    for f in $(some "${functions[@]}"); do
        for how in outside outside-in-coro beside; do
            fatal "end/$how ${f%=*}" "${f#*=} called outside a goroutine (see go_run)"
        done
    done
}

@test "no function works in a forked child, and each says its name" {
    local f how
    for f in $(some "${functions[@]}" go_run); do
        for how in forked forked-in-coro forked-beside; do
            fatal "end/$how ${f%=*}" \
                "${f#*=} called in a forked child (only exec and _exit are possible)"
            [ "${#lines[@]}" -eq 1 ]
        done
    done
}

# ---- SIGQUIT ---------------------------------------------------------------

# The goroutines of some_of_each. 17 and 18 come from a second batch of numbers,
# if the first p has given one away.
quit_headers() {
    headers | sed -E 's/^goroutine 1[0-9] |^goroutine [3-9] /goroutine N /'
}

@test "SIGQUIT: status 2, and every goroutine says what it does" {
    export GODEBUG=asyncpreemptoff=1   # one of them computes, and shall go on
    dies 2 end/quit-here
    [ "${lines[0]}" = 'SIGQUIT: quit' ]
    [[ "${lines[1]}" == 'PC=XXX sigcode='* ]]
    [ "$(quit_headers)" = 'goroutine 1 [running]:
goroutine 2 "reader" [sync.WaitGroup.Wait]:
goroutine N [sync.WaitGroup.Wait, locked to thread]:
goroutine N [running]:
goroutine N [runnable]:' ]
    has 'goroutine 1 [running]:' 'raises(...)' 'go_main(...)' \
        'goroutine 2 "reader" [sync.WaitGroup.Wait]:' 'innermost(...)' 'outermost(...)' \
        $'\tgoroutine running on other thread; stack unavailable' \
        'created by some_of_each in goroutine 1' \
        'nothing(...)' 'created by some_of_each in goroutine 1'
}

@test "SIGQUIT from another process: whichever thread gets it" {
    export GODEBUG=asyncpreemptoff=1   # one of them computes, and shall go on
    # ThreadSanitizer keeps a signal until its thread calls the C library.
    [ "$SAN" != thread ] && [ "$SAN" != runtime ] || return 0
    dies 2 end/quit-from-outside
    [ "${lines[0]}" = 'SIGQUIT: quit' ]
    [ "$(headers | wc -l)" -eq 5 ]
    has 'goroutine 2 "reader" [sync.WaitGroup.Wait]:' 'innermost(...)' 'outermost(...)' \
        $'\tgoroutine running on other thread; stack unavailable'
}

@test "SIGQUIT: GOTRACEBACK below all makes no difference, crash ends with SIGABRT" {
    export GODEBUG=asyncpreemptoff=1   # one of them computes, and shall go on
    for level in none single all; do
        GOTRACEBACK=$level dies 2 end/quit-here
        [ "$(headers | wc -l)" -eq 5 ]
    done
    GOTRACEBACK=crash dies 134 end/quit-here
    [ "$(headers | wc -l)" -eq 5 ]
}

@test "kill -QUIT of a process that runs: status 2, and a dump" {
    export GODEBUG=asyncpreemptoff=1   # one of them computes, and shall go on
    [ "$SAN" != thread ] && [ "$SAN" != runtime ] || return 0
    local out=$BATS_TEST_TMPDIR/out pid=
    # shellcheck disable=SC2086
    labs/tools/cap 60 $RUN "$B/bin/tests/${part}_end" quit-wanted >"$out" 2>&1 3>&- &
    until pid=$(grep -m 1 -x '[0-9]*' "$out") && [ -n "$pid" ]; do
        kill -0 $! || return 1
    done
    kill -QUIT "$pid"
    run wait $!
    wait $! || status=$?
    cat "$out"
    [ "$status" -eq 2 ]
    grep -qx 'SIGQUIT: quit' "$out"
    grep -qx 'goroutine 2 "reader" \[sync.WaitGroup.Wait\]:' "$out"
}

@test "SIGQUIT: a program's own handler is used, and ignoring is ignoring" {
    export GODEBUG=asyncpreemptoff=1   # one of them computes, and shall go on
    dies 0 end/quit-handled
    [ "$output" = 'mine
mine
mine
mine' ]
    scenario end/quit-after
}

# ---- Stress ----------------------------------------------------------------

@test "trees of goroutines, with all that there is, while GOMAXPROCS changes" {
    for n in 1 2 3 8 64; do
        for seed in 1 2 3; do
            GOMAXPROCS=$n scenario sched/stress $seed $((CHECK_SHARE < 100 ? 5 : 8))
        done
    done
}

@test "trees of goroutines on 1 to 64 p's" {
    for n in 1 2 3 8 64; do
        for seed in 4 5 6; do
            GOMAXPROCS=$n scenario sched/steady $seed $((CHECK_SHARE < 100 ? 5 : 8))
        done
    done
}

# ---- What tools see --------------------------------------------------------

@test "ThreadSanitizer: two goroutines race, on one thread and on two, and it says so" {
    [ "$SAN" = thread ] || return 0
    for name in race-one-thread race-two-threads; do
        program "tests/${part}_end" $name
        show
        [ "$status" -eq 66 ]
        [[ "$output" == *'data race'* ]]
        [[ "$output" == *'#0 touches'* || "$output" == *'in touches'* ]]
    done
}

@test "ThreadSanitizer: go and a group order what goroutines do, and errno is no race" {
    scenario end/no-race
}

# ---- What the compiler says ------------------------------------------------

declarations='#include <goroutine.h>
#include <stdio.h>
struct big { int a[4]; };
struct thing { int n; };
enum color { RED };
typedef float real;
void none(void); void one(int a); void two(int a, const char *b);
void six(int a, int b, int c, int d, int e, int f);
void seven(int a, int b, int c, int d, int e, int f, int g);
void of_double(double a); void of_float(int a, float b); void of_real(real a);
void of_last(int a, int b, int c, int d, int e, double f);
void of_big(struct big a); void of_thing(struct thing *a);
void of_fn(void (*a)(int)); void of_void(const void *a); void of_array(int *a);
void of_enum(enum color a); void of_sizes(bool a, size_t b, short c);
void many(int n, ...); int value(int a); void f(void);
#ifdef __cplusplus
void of_reference(int &a);
#endif
'

@test "what is wrong does not compile, and the compiler says why (C)" {
    once || return 0
    must_not_compile_c tests/03-gmp_wrong.tsv
}

@test "what is wrong does not compile, and the compiler says why (C++)" {
    once || return 0
    must_not_compile_cpp tests/03-gmp_wrong-cpp.tsv
}

@test "what is right compiles without a word of warning" {
    once || return 0
    must_compile tests/03-gmp_good.tsv
}

@test "GO_NO_SHORT_NAMES leaves the name go to the program" {
    once || return 0
    for compiler in gcc clang; do
        run $compiler -std=c17 -Wall -Wextra -Werror -fsyntax-only -x c -Ilib - <<<'
            #define GO_NO_SHORT_NAMES
            #include <goroutine.h>
            int go(int a); int f(int a); void one(int a);
            int f(int a) { go_start(one, a); return go(a); }'
        show
        [ "$status" -eq 0 ]
    done
}

@test "C++ runs goroutines: functions, lambdas, templates, conversions" {
    native || return 0
    for compiler in g++ clang++; do
        $compiler -std=c++17 -Wall -Wextra -Werror -pthread -Ilib -o "$BATS_TEST_TMPDIR/p" \
            -x c++ tests/03-gmp_cpp.cpp -x none "$B/libgoroutine.a"
        run labs/tools/cap 60 "$BATS_TEST_TMPDIR/p"
        show
        [ "$status" -eq 0 ]
        [ "$output" = good ]
    done
}
