#!/usr/bin/env bats
# Part 1, the context switch. The same tests run on every build: compilers,
# sanitizers, machines, chapters, and the learner's own parts.

load tools/test

# fatal SCENARIO TEXT: it must end with exactly this line, and status 2.
fatal() {
    local name=$1
    program "tests/${part}_${name%%/*}" "${name#*/}"
    show
    [ "$status" -eq 2 ]
    [ "$output" = "fatal error: $2" ]
}

# ---- The checks of the exercises, on this build ----------------------------

@test "first-sp: a new stack begins at a multiple of 16, at its top" {
    scenario first-sp
}

@test "g-switch: errno, the current g and the m go with the goroutine" {
    scenario g-switch
}

@test "gobuf-switch: every register, control word and the stack pointer survive" {
    if [ -n "$RUN" ]; then export CHECK_ROUNDS=50000; else export CHECK_ROUNDS=500000; fi
    export CHECK_SECONDS=60
    scenario gobuf-switch
}

@test "coro-resume: values, the end, nesting, and two resumers in turn" {
    scenario coro-resume
}

@test "coro-exit: the end goes to the resumer, and frees nothing under its feet" {
    scenario coro-exit
}

# ---- Lab programs ----------------------------------------------------------

@test "lab generator: prints what it should" {
    program labs/01-context/generator
    show
    [ "$status" -eq 0 ]
    diff <(echo "$output") labs/01-context/generator.out
}

@test "lab same-fringe: prints what it should" {
    program labs/01-context/same-fringe
    show
    [ "$status" -eq 0 ]
    diff <(echo "$output") labs/01-context/same-fringe.out
}

# ---- Coroutines ------------------------------------------------------------

@test "NULL may be yielded, and is told from the end by go_coro_done" {
    scenario coro/null-is-a-value
}

@test "a stack of 64 KiB carries sixty frames of half a KiB" {
    scenario coro/deep-enough
}

@test "errno is the coroutine's own, on one thread" {
    scenario coro/errno-of-each
}

@test "errno is the coroutine's own, when it goes from thread to thread" {
    scenario coro/errno-over-threads
}

@test "10,000 coroutines, ended and not, give all their memory back" {
    if [ -n "$SAN" ]; then export CHECK_ROUNDS=300; fi
    scenario coro/gives-all-back
    CHECK_ROUNDS=100 scenario coro/gives-all-back
}

@test "no memory for a stack: NULL and ENOMEM, and the others live on" {
    # A sanitizer needs addresses itself.
    [ -n "$SAN$RUN" ] || scenario coro/limit-of-addresses
}

@test "too many mappings: NULL and ENOMEM, and the others live on" {
    # A sanitizer or an emulator has mappings of its own, and is slow.
    # Nor may the limit on addresses be met first.
    [ -n "$SAN$RUN" ] || CAP_GIB=16 scenario coro/limit-of-mappings
}

@test "no more memory may be locked: NULL and ENOMEM, not the kernel's EAGAIN" {
    [ -n "$SAN$RUN" ] || scenario coro/limit-of-locked-memory
}

@test "a stack that was left in the middle is used again" {
    scenario coro/used-again
}

# ---- Misuse ----------------------------------------------------------------

@test "yield outside a coroutine is a fatal error" {
    fatal coro/yield-outside 'go_coro_yield called outside a coroutine (see go_coro_new)'
}

@test "yield outside a coroutine is a fatal error on a thread that had one" {
    fatal coro/yield-outside-later 'go_coro_yield called outside a coroutine (see go_coro_new)'
}

@test "a coroutine of NULL is a fatal error" {
    fatal coro/new-of-null 'go_coro_new: fn is NULL'
}

@test "resuming NULL, or asking whether NULL is done, is a fatal error" {
    fatal coro/resume-null 'go_coro_resume: co is NULL'
    fatal coro/done-null 'go_coro_done: co is NULL'
}

@test "resuming a coroutine that runs is a fatal error" {
    fatal coro/resume-running 'g_set_status: goroutine is running, so it cannot go from waiting to running'
}

@test "resuming a coroutine that waits for us is a fatal error" {
    fatal coro/resume-resumer 'g_set_status: goroutine is running, so it cannot go from waiting to running'
}

@test "freeing a coroutine that runs is a fatal error" {
    fatal coro/free-running 'g_set_status: goroutine is running, so it cannot go from waiting to dead'
}

# A bad address ends the process. Two sanitizers say so first.
dies() {
    local expected=139
    case $SAN in
    address) expected=1 ;;
    thread | runtime) expected=66 ;;
    esac
    program tests/01-context_coro "$1"
    show
    [ "$status" -eq $expected ]
}

@test "a stack that overflows hits its guard, not its neighbour" {
    dies overflow
}

@test "a function with 60 KiB of locals does not step over the guard" {
    dies leap
}

# ---- The seams -------------------------------------------------------------

@test "seam 1: memory comes zeroed, a guard faults, a refusal says why" {
    scenario seams/memory
}

@test "seam 1: the clock never runs back, random is random" {
    scenario seams/clock-and-random
}

@test "seam 1: a futex wakes, times out, and sees a change; a thread starts" {
    scenario seams/futex-and-thread
}

@test "seam 1: each thread has one current g" {
    scenario seams/current-g
}

@test "seam 2: every atomic operation does what it says" {
    scenario seams/atomics
}

@test "seam 2: a plain access to an ATOMIC does not compile" {
    compiles() {
        run $COMPILER -x c -fsyntax-only -Ilib/01-context - <<<"#include \"atomic.h\"
            static ATOMIC(int) n; void f(void); void f(void) { $1 }"
        show
    }
    compiles 'atomic_store(&n, 1); int k = atomic_load(&n); (void)k;'
    [ "$status" -eq 0 ]
    for access in 'n = 1;' 'n++;' 'int k = n; (void)k;'; do
        compiles "$access"
        [ "$status" -ne 0 ]
    done
}

@test "seam 3: a change of status that fits is made" {
    scenario seams/good-status
}

@test "seam 3: a change of status that does not fit is a fatal error" {
    fatal seams/bad-status 'g_set_status: goroutine is dead, so it cannot go from waiting to running'
}

@test "a fatal text that is too long is cut, and ends its line" {
    program tests/01-context_seams long-text
    [ "$status" -eq 2 ]
    [[ "$output" == 'fatal error: 000'* ]] && [ "${#output}" -gt 200 ]
}

# ---- What tools see --------------------------------------------------------

@test "backtrace ends at the entry of the coroutine" {
    scenario coro/backtrace-ends
}

@test "a profiler sees whole frames at every instruction of the switch" {
    # A learner's body need not describe its frames. A sanitizer's handler is
    # not ours to step through.
    [ -z "$MINE$SAN" ] || return 0
    if [ "$MACHINE" = x86_64 ]; then
        # Of an emulated one's handlers no backtrace can be taken at all.
        [ -n "$RUN" ] || scenario unwind
        return
    fi
    # A trap before each instruction.
    awk '/^gobuf_switch:/ { inside = 1 }
         /cfi_endproc/ { inside = 0 }
         inside && /^ +[a-z]/ && !/^ +cfi_/ { print "        brk #7"; n++ }
         { print }
         END { exit n < 20 }' "$B/src/gobuf.S" >"$BATS_TEST_TMPDIR/gobuf.S"
    # shellcheck disable=SC2086  # words
    $COMPILER $OPT -D_GNU_SOURCE -I"$B/src" -Itests/tools/"$MACHINE" "$BATS_TEST_TMPDIR/gobuf.S" \
        tests/01-context_unwind.c "$B/libgoroutine.a" -pthread -o "$BATS_TEST_TMPDIR/unwind"
    # shellcheck disable=SC2086
    run labs/tools/cap 60 $RUN "$BATS_TEST_TMPDIR/unwind"
    show
    [ "$status" -eq 0 ]
}

@test "gdb: bt in a coroutine ends at gobuf_entry" {
    native || return 0
    run labs/tools/cap 60 gdb -q -batch -nx -ex 'set debuginfod enabled off' -ex 'break stop_here' \
        -ex 'run in-a-coroutine' -ex bt "$B/bin/tests/01-context_coro"
    show
    [[ "$output" == *'gobuf_entry ()'* ]]
    [[ "$(tail -n 1 <<<"$output")" == *gobuf_entry* ]]
    [[ "$output" != *'corrupt stack'* && "$output" != *'??'* ]]
}

@test "valgrind: no error while stacks change" {
    native || return 0
    # The second goes from one coroutine's stack to the next one's, which lies
    # beside it: without the hooks Valgrind takes that for one stack.
    for program in labs/01-context/generator chapters/01-context/who-is-next; do
        run env CAP_GIB=16 labs/tools/cap 60 valgrind -q --error-exitcode=9 "$B/bin/$program"
        show
        [ "$status" -eq 0 ]
        [[ "$output" != *'=='* ]]
    done
}

@test "AddressSanitizer: a bad write in a coroutine is reported where it is" {
    [ "$SAN" = address ] || return 0
    program tests/01-context_coro bad-write
    show
    [ "$status" -ne 0 ]
    [[ "$output" == *stack-buffer-overflow* ]]
    [[ "$output" == *'#0 '*'in writes_too_far'* ]]
    [[ "$output" == *'in gobuf_entry'* ]]
}

@test "LeakSanitizer: what a standing coroutine holds is no leak" {
    [ "$SAN" = address ] || return 0
    scenario coro/no-leak
}

@test "LeakSanitizer: what a coroutine will be handed is no leak before it begins" {
    [ "$SAN" = address ] || return 0
    scenario coro/no-leak-before
}

@test "AddressSanitizer: a coroutine freed where it stood takes its fake stack along" {
    [ "$SAN" = address ] || return 0
    ASAN_OPTIONS=detect_stack_use_after_return=1 scenario coro/no-growth
}

@test "ThreadSanitizer: coroutines of two threads race, and it says so" {
    [ "$SAN" = thread ] || return 0
    program tests/01-context_coro race
    show
    [ "$status" -ne 0 ]
    [[ "$output" == *'data race'* && "$output" == *'in counts'* || "$output" == *'#0 counts'* ]]
}

@test "ThreadSanitizer: coroutines that are resumed in turn do not race" {
    scenario coro/no-race
}

# ---- What stands in the machine code ---------------------------------------

@test "every switch of the library goes through one call of gobuf_switch" {
    native && [ -z "$(grep -o -e -O0 <<<"$OPT")" ] || return 0
    # (The dump of a process that ends walks stacks that nobody comes back to.)
    run bash -c "for o in $B/obj/*.o; do case \$o in *traceback*) continue ;; esac; objdump -dr \$o | sed -n \"s|.*R_.*gobuf_switch.*|\$o: &|p\"; done"
    show
    [ "${#lines[@]}" -eq 1 ]
    [[ "${lines[0]}" == *g.c.o:* ]]
}

@test "user code asks for errno anew after each switch" {
    cat >"$BATS_TEST_TMPDIR/e.c" <<'C'
#include <goroutine.h>
int f(void);
int f(void) { errno = 1; go_coro_yield(0); int a = errno; go_coro_yield(0); return a + errno; }
C
    for opt in -O0 -O2 -O3 '-O2 -fPIC'; do
        # shellcheck disable=SC2086
        $COMPILER $opt -Ilib -S "$BATS_TEST_TMPDIR/e.c" -o "$BATS_TEST_TMPDIR/e.s"
        [ "$(grep -cE '^\s+(callq?|bl|jmpq?|b)\s+\*?go_errno' "$BATS_TEST_TMPDIR/e.s")" -eq 3 ]
    done
}

@test "landing pads are claimed, shadow stacks are not" {
    [ -z "$SAN" ] || return 0
    run readelf -n "$B/obj/gobuf.S.o"
    show
    [[ "$output" == *IBT* || "$output" == *BTI* ]]
    [[ "$output" != *SHSTK* ]]
}
