#!/usr/bin/env bats
# Part 2, stacks, and goroutines on one thread. What holds of them then holds
# of all later chapters; what only one thread can promise (the exact order of
# turns) is asked with CHAPTER=2.

load tools/test

setup() {
    # A sanitizer would explain a bad address itself.
    export ASAN_OPTIONS=handle_segv=0:handle_sigbus=0
    # (And ThreadSanitizer waits a second before each process ends.)
    export TSAN_OPTIONS=handle_segv=0:handle_sigbus=0:atexit_sleep_ms=0
    export UBSAN_OPTIONS=handle_segv=0:handle_sigbus=0
    # Sanitizers and an emulator are slow, and ThreadSanitizer knows some 8,000
    # goroutines.
    case $SAN$RUN in
    '') few='' ;;
    thread | runtime) few=200 ;;
    *) few=1000 ;;
    esac
}

one_thread() { [ "$CHAPTER" = 2 ]; }

# rounds N: for this build, if it is a slow one.
rounds() {
    if [ -n "$few" ]; then export CHECK_ROUNDS=$(($1 < few ? $1 : few)); fi
}

# fatal SCENARIO TEXT ARGS...: the first line, or the last that is not of the
# dump, is this; status 2.
fatal() {
    local name=$1 text=$2
    shift 2
    program "tests/${part}_${name%%/*}" "${name#*/}" "$@"
    show
    [ "$status" -eq 2 ]
    [ "$(grep -c '^fatal error: ' <<<"$output")" -eq 1 ]
    grep -qxF "fatal error: $text" <<<"$output"
}

# overflow SCENARIO: it must end with status 2. Sets report: what it said,
# without frames, addresses and numbers that nobody can know.
overflow() {
    program tests/02-stack_overflow "$1"
    show
    [ "$status" -eq 2 ]
    report=$(sed -E 's/0x[0-9a-f]+/0x/g; s/[0-9]+ bytes used/N bytes used/; s/^\.\.\.[0-9]+ frames/...N frames/' <<<"$output" |
        awk '/^[^ ]+\(\.\.\.\)$/ { frame = 1; next } frame { frame = 0; next } 1')
}

# says: the report must be what stands on standard input.
says() {
    diff - <(printf '%s\n' "$report")
}

# line TEXT: where the only line with TEXT stands in the program.
line() {
    [ "$(grep -cF "$1" tests/02-stack_overflow.c)" -eq 1 ]
    grep -nF "$1" tests/02-stack_overflow.c | cut -d: -f1
}

frames() { grep -cE '^[^ ]+\(\.\.\.\)$' <<<"$output"; }

# ---- The checks of the exercises, on this build ----------------------------

@test "stack-class: a stack has at least the size that was asked for, and less than twice" {
    scenario stack-class
}

@test "slot-stack: guard, stack, record and colour lie where the picture says" {
    scenario slot-stack
}

@test "stack-reuse: last in, first out, counted, with a record of zeros" {
    scenario stack-reuse
}

@test "one thread: execute: a goroutine runs, and g0 does what it asked for" {
    one_thread || return 0
    scenario execute
}

@test "go-start: arguments, number, parent, name, size and group are the goroutine's" {
    scenario go-start
}

@test "goroutine-end: the group is told once, and the stack freed by somebody else" {
    scenario goroutine-end
}

@test "whose-guard: an overflow is told, and no other bad address" {
    scenario whose-guard
}

# ---- Lab programs ----------------------------------------------------------

@test "lab deep: each goroutine recurses as deep as its own stack allows" {
    # A sanitizer's frames are larger.
    [ -z "$SAN" ] || return 0
    program labs/02-stack/deep
    show
    [ "$status" -eq 0 ]
    diff <(echo "$output") labs/02-stack/deep.out
}

@test "lab many: a hundred thousand goroutines are alive at once" {
    if [ -n "$few" ]; then
        program labs/02-stack/many "$few"
        [[ "$output" == "alive at once: $few, and main"* ]]
    else
        export CAP_GIB=32
        program labs/02-stack/many
        diff <(echo "$output") labs/02-stack/many.out
    fi
    show
    [ "$status" -eq 0 ]
    [[ "$output" == *'each found its own frame again' ]]
}

# ---- An overflow is told ---------------------------------------------------

@test "overflow: which goroutine, its limit, where it was made, what to write" {
    overflow plain
    local n
    n=$(line 'go(overflows, 16);')
    says <<END
runtime: goroutine 2 stack exceeds 65536-byte limit
runtime: sp=0x stack=[0x, 0x], N bytes used
fatal error: stack overflow

goroutine 2 [running]:
...N frames elided...
created by plain_overflows in goroutine 1
	tests/02-stack_overflow.c:$n

For more, at tests/02-stack_overflow.c:$n:
	go_with((&(struct go_attr){ .stack_max = 131072 }), overflows, ...);
or for all goroutines: GODEBUG=stacksize=131072
END
}

@test "overflow: sp, bounds and bytes used fit together, and exceed the limit" {
    overflow plain
    [[ "$output" =~ sp=(0x[0-9a-f]+)' 'stack=\[(0x[0-9a-f]+),' '(0x[0-9a-f]+)\],' '([0-9]+)' 'bytes' 'used ]]
    local sp=$((BASH_REMATCH[1])) lo=$((BASH_REMATCH[2])) hi=$((BASH_REMATCH[3])) used=$((BASH_REMATCH[4]))
    [ $((hi - lo)) -ge 65536 ]
    [ $((hi - sp)) -eq $used ]
    # At the guard, or in it.
    [ $sp -le $((lo + 256)) ] && [ $sp -gt $((lo - 65536)) ]
}

@test "overflow: of a deep stack 50 frames at each end are shown" {
    overflow plain
    [ "$(frames)" -eq 100 ]
    [[ "$output" =~ \.\.\.([0-9]+)' frames elided...' ]]
    [ "${BASH_REMATCH[1]}" -gt 50 ] && [ "${BASH_REMATCH[1]}" -lt 5000 ]
    # Who overflowed, and with whom it began.
    [[ "$(sed -n '6p' <<<"$output")" == *'(...)' ]]
    [[ "$(sed -n '7p' <<<"$output")" =~ ^$'\t'tests/02-stack_overflow\.c:[0-9]+' +0x'[0-9a-f]+$ || -n "$SAN" ]]
    [[ "$(grep -E '\(\.\.\.\)$' <<<"$output" | tail -n 1)" =~ ^(overflows|deeper)[.a-z0-9]*'(...)'$ ]]
    [ "$(grep -cE '^deeper[.a-z0-9]*\(\.\.\.\)$' <<<"$output")" -ge 96 ]
}

@test "overflow: a goroutine with a name and a limit of its own" {
    overflow named
    local n
    n=$(line 'go_with(&attr, overflows, 200);')
    says <<END
runtime: goroutine 2 "reader" stack exceeds 100000-byte limit
runtime: sp=0x stack=[0x, 0x], N bytes used
fatal error: stack overflow

goroutine 2 "reader" [running]:
...N frames elided...
created by named_overflows in goroutine 1
	tests/02-stack_overflow.c:$n

For more, at tests/02-stack_overflow.c:$n:
	go_with((&(struct go_attr){ .stack_max = 262144 }), overflows, ...);
or for all goroutines: GODEBUG=stacksize=262144
END
}

@test "overflow: the advice is more than the stack had in truth" {
    overflow named
    [[ "$output" =~ ', '([0-9]+)' bytes used' ]]
    [ "${BASH_REMATCH[1]}" -lt 262144 ]
}

@test "overflow: a function without arguments is called without in the advice" {
    overflow no-arguments
    grep -qxF $'\tgo_with((&(struct go_attr){ .stack_max = 131072 }), overflows_at_once);' <<<"$output"
}

@test "overflow: goroutine 1 was made by nobody, and GODEBUG is the way" {
    overflow main
    says <<'END'
runtime: goroutine 1 stack exceeds 65536-byte limit
runtime: sp=0x stack=[0x, 0x], N bytes used
fatal error: stack overflow

goroutine 1 [running]:
...N frames elided...

For more: GODEBUG=stacksize=131072
END
}

@test "overflow: the limit of GODEBUG is the one that is told" {
    export GODEBUG=stacksize=32768
    overflow main
    [[ "$output" == 'runtime: goroutine 1 stack exceeds 32768-byte limit'* ]]
    export GODEBUG=stacksize=1000000
    overflow main
    [[ "$output" == 'runtime: goroutine 1 stack exceeds 1000000-byte limit'* ]]
    [[ "$output" == *'For more: GODEBUG=stacksize=2097152' ]]
}

@test "overflow: a coroutine in a goroutine, and the dump ends at its function" {
    overflow coroutine
    local n
    n=$(line 'go_with(&attr, with_coroutine);')
    report=$(sed -E 's/[0-9]+-byte/N-byte/' <<<"$report")
    says <<END
runtime: coroutine of goroutine 2 "lender" stack exceeds N-byte limit
runtime: sp=0x stack=[0x, 0x], N bytes used
fatal error: stack overflow

goroutine 2 "lender" [running]:
...N frames elided...
created by coroutine_overflows in goroutine 1
	tests/02-stack_overflow.c:$n

A coroutine's stack cannot be larger: keep large arrays elsewhere.
END
    [[ "$output" != *coro_main* && "$output" != *gobuf_entry* && "$output" != *0xffffffffffffffff* ]]
}

@test "overflow: a coroutine outside a run is a plain SIGSEGV" {
    program tests/02-stack_overflow outside
    show
    [ "$status" -eq 139 ]
    [[ "$output" != *'stack overflow'* ]]
}

@test "overflow: a coroutine after a run is a plain SIGSEGV again" {
    program tests/02-stack_overflow outside-later
    show
    [ "$status" -eq 139 ]
    [[ "$output" != *'stack overflow'* ]]
}

@test "overflow: within a function of the C library, and its callers are shown" {
    # There the printing is the sanitizer's; and qemu has another C library.
    [ -z "$SAN" ] || return 0
    overflow libc
    [[ "$report" == 'runtime: goroutine 2 stack exceeds 65536-byte limit'* ]]
    [ "$(grep -cE '^prints[.a-z0-9]*\(\.\.\.\)$' <<<"$output")" -ge 60 ]
}

@test "GOTRACEBACK=none: no frames, but who made it and what to write" {
    export GOTRACEBACK=none
    overflow plain
    local n
    n=$(line 'go(overflows, 16);')
    [ "$(frames)" -eq 0 ]
    says <<END
runtime: goroutine 2 stack exceeds 65536-byte limit
runtime: sp=0x stack=[0x, 0x], N bytes used
fatal error: stack overflow
created by plain_overflows in goroutine 1
	tests/02-stack_overflow.c:$n

For more, at tests/02-stack_overflow.c:$n:
	go_with((&(struct go_attr){ .stack_max = 131072 }), overflows, ...);
or for all goroutines: GODEBUG=stacksize=131072
END
}

@test "GOTRACEBACK=single: the goroutine that overflowed, and no other" {
    export GOTRACEBACK=single
    overflow beside-another
    [[ "$output" == *$'\n\ngoroutine 1 [running]:\n'* ]]
    [[ "$output" != *bystander* ]]
}

@test "GOTRACEBACK=all: the one that overflowed first, and the others" {
    export GOTRACEBACK=all
    overflow beside-another
    [[ "$output" == *$'\n\ngoroutine 1 [running]:\n'*$'\n\ngoroutine 2 "bystander" [r'*'created by beside_another in goroutine 1'* ]]
    [[ "$output" == *$'\nFor more: GODEBUG=stacksize=131072' ]]
}

@test "GOTRACEBACK=crash: the same, and SIGABRT" {
    export GOTRACEBACK=crash
    program tests/02-stack_overflow beside-another
    show
    [ "$status" -eq 134 ]
    [[ "$output" == *'fatal error: stack overflow'*bystander*'For more: '* ]]
}

# ---- And harms nobody ------------------------------------------------------

@test "1,000 of 1,000 overflows are named, and no neighbour is damaged" {
    case $SAN$RUN in
    '') ;;
    address | undefined) export CHECK_ROUNDS=200 ;;
    *) export CHECK_ROUNDS=60 ;;
    esac
    scenario overflow/many
}

@test "300 of 300, with frames that the compiler probes (-fstack-clash-protection)" {
    native || return 0
    local binary=$BATS_TEST_TMPDIR/probed
    # shellcheck disable=SC2086
    $COMPILER -std=gnu17 -D_GNU_SOURCE -pthread $OPT -fstack-clash-protection -DPROBED \
        -I"$B/src" tests/02-stack_overflow.c "$B/libgoroutine.a" -lm -o "$binary"
    CHECK_ROUNDS=300 run labs/tools/cap 60 "$binary" many
    show
    [ "$status" -eq 0 ]
}

@test "an overflow in a forked child ends the child only" {
    scenario overflow/fork
}

# ---- Bad addresses that are no overflow ------------------------------------

@test "a bad address is for the program's own handler (with siginfo)" {
    program tests/02-stack_overflow earlier-info
    show
    [ "$status" -eq 7 ]
}

@test "a bad address is for the program's own handler (without)" {
    program tests/02-stack_overflow earlier-plain
    show
    [ "$status" -eq 7 ]
}

@test "a handler that repairs the address lets the goroutine go on" {
    scenario overflow/earlier-repairs
}

@test "a bad address without a handler is a plain SIGSEGV" {
    for name in earlier-default earlier-ignores; do
        program tests/02-stack_overflow $name
        show
        [ "$status" -eq 139 ]
        [ -z "$(grep -e 'fatal error' -e runtime: <<<"$output")" ]
    done
}

@test "a bad address in another goroutine's guard is not called an overflow" {
    program tests/02-stack_overflow guard-of-another
    show
    [ "$status" -eq 139 ]
    [[ "$output" != *'stack overflow'* ]]
}

@test "after a run the program's handlers and signal stack are there again" {
    scenario overflow/handlers-come-back
}

# ---- Guards, from the best to none -----------------------------------------

# (That the kernel refuses is arranged by a filter of system calls. The
# sanitizers need those calls, and qemu has no such filter.)

@test "guard regions are used where the kernel has them" {
    native || return 0
    printf '#include <sys/mman.h>
        int main(void) { return madvise(mmap(0, 4096, 3, 34, -1, 0), 4096, 102) != 0; }' |
        $COMPILER -x c -o "$BATS_TEST_TMPDIR/has" -
    program tests/02-stack_overflow regions
    if "$BATS_TEST_TMPDIR/has"; then [ "$status" -eq 1 ]; else [ "$status" -eq 0 ]; fi
}

@test "guard pages: an older kernel, and overflows are told the same" {
    native || return 0
    export GUARD=pages
    program tests/02-stack_overflow pages
    show
    [ "$status" -eq 1 ] && [ -z "$output" ]
    overflow named
    [[ "$report" == 'runtime: goroutine 2 "reader" stack exceeds 100000-byte limit'* ]]
    CHECK_ROUNDS=100 scenario overflow/many
}

@test "canary: no room for guard pages is said, once" {
    native || return 0
    export GUARD=canary
    program tests/02-stack_overflow canary
    show
    [ "$status" -eq 1 ]
    diff - <(echo "$output") <<END
runtime: 0 stacks have guard pages, and vm.max_map_count ($(cat /proc/sys/vm/max_map_count)) leaves room for no more.
runtime: the overflow of a further stack is noticed only when its goroutine stops. Raise the limit
runtime: (sysctl -w vm.max_map_count=1000000), or use Linux 6.13, which needs none.
END
}

@test "canary: an overflow is told when the goroutine stops" {
    native || return 0
    export GUARD=canary
    overflow canary-dies
    [ "$(frames)" -eq 0 ]
    [[ "$output" != *'it goes on'* ]]
    local n
    n=$(line 'go_with(&attr, writes_below);')
    report=$(tail -n +4 <<<"$report")
    says <<END
runtime: goroutine 2 "writer" stack exceeds 65536-byte limit
runtime: sp=0x stack=[0x, 0x], N bytes used
fatal error: stack overflow
created by canary_dies in goroutine 1
	tests/02-stack_overflow.c:$n

For more, at tests/02-stack_overflow.c:$n:
	go_with((&(struct go_attr){ .stack_max = 131072 }), writes_below);
or for all goroutines: GODEBUG=stacksize=131072
END
}

@test "canary: an overflow is told when a coroutine outside a run stops" {
    native || return 0
    export GUARD=canary
    overflow coroutine-canary-dies
    [[ "$output" != *'it goes on'* ]]
    report=$(tail -n +4 <<<"$report" | sed -E 's/[0-9]+-byte/N-byte/')
    says <<'END'
runtime: coroutine stack exceeds N-byte limit
runtime: sp=0x stack=[0x, 0x], N bytes used
fatal error: stack overflow

A coroutine's stack cannot be larger: keep large arrays elsewhere.
END
}

# ---- How large -------------------------------------------------------------

@test "stacks of each class are usable to their end" {
    scenario stacks/every-class-is-whole
}

@test "a stack may have a GiB; what is not touched takes no memory" {
    scenario stacks/a-gib
}

@test "GO_STACK_MIN is allowed" {
    scenario stacks/stack-max 16384
}

@test "a stack_max under GO_STACK_MIN is a fatal error" {
    fatal stacks/stack-max 'go_with: stack_max is 16383; the least is 16384 (GO_STACK_MIN)' 16383
    fatal stacks/stack-max 'go_with: stack_max is 1; the least is 16384 (GO_STACK_MIN)' 1
}

# no_memory BYTES: what is said when a stack of so many is too much.
no_memory() {
    show
    [ "$status" -eq 2 ]
    if one_thread; then
        grep -qxF "fatal error: go: no memory for a stack of $1 bytes, the limit of addresses is reached (ulimit -v, vm.overcommit_memory)" <<<"$output"
    else
        grep -qxF "runtime: cannot reserve a stack of $1 bytes: no addresses are left to this process" <<<"$output"
        grep -qxE 'runtime: \(have [0-9]+ goroutines; see ulimit -v and vm.overcommit_memory\)' <<<"$output"
        grep -qxF 'fatal error: out of memory (stack)' <<<"$output"
    fi
}

@test "an absurd stack_max is a fatal error that names the limit" {
    program tests/02-stack_stacks stack-max 0x4000000000000
    no_memory 1125899906842624
    program tests/02-stack_stacks stack-max 0xffffffffffffffff
    no_memory 18446744073709551615
}

@test "a small ulimit -v is a fatal error that names it" {
    # A sanitizer needs addresses itself, and so does qemu.
    [ -z "$SAN$RUN" ] || return 0
    # (With one p, whose thread is there: a new one would find no room either.)
    GOMAXPROCS=1 run labs/tools/cap 60 bash -c 'ulimit -v 400000; exec "$@"' - "$B/bin/tests/02-stack_stacks" very-many
    no_memory 65536
}

@test "GODEBUG=stacksize is the limit of goroutines that do not say" {
    scenario stacks/usual-limit 65536
    GODEBUG=stacksize=131072 scenario stacks/usual-limit 131072
    GODEBUG=stacksize=16384 scenario stacks/usual-limit 16384
    GODEBUG=other=1,stacksize=1048576,more scenario stacks/usual-limit 1048576
}

@test "GODEBUG=stacksize that makes no sense is named and ignored" {
    for value in lots 16383 0 -1 1e6 '' 0x10000 99999999999999999999 65536k; do
        GODEBUG=stacksize=$value program tests/02-stack_stacks usual-limit 65536
        show
        [ "$status" -eq 0 ]
        [ "$output" = "runtime: GODEBUG=stacksize=$value is ignored: expected a number of bytes, 16384 or more" ]
    done
}

@test "GODEBUG=stackfill that makes no sense is named, the rest counts" {
    GODEBUG=stackfill=2,stacksize=131072 program tests/02-stack_stacks usual-limit 131072
    show
    [ "$status" -eq 0 ]
    [ "$output" = 'runtime: GODEBUG=stackfill=2 is ignored: expected 0 or 1' ]
}

# ---- How deep --------------------------------------------------------------

@test "the high-water mark of a shallow stack is small, of a deep one deep" {
    scenario stacks/high-water
}

@test "GODEBUG=stackfill=1: the high-water mark is the goroutine's own, and exact" {
    # One p, so that the next goroutine has the stack of the last one.
    GOMAXPROCS=1 GODEBUG=stackfill=1 scenario stacks/stackfill
}

# ---- Reuse -----------------------------------------------------------------

@test "stacks are used again last in, first out, with a record of zeros" {
    scenario stacks/last-in-first-out
}

@test "coroutines made one after the other share one stack" {
    scenario stacks/coroutines-share
}

@test "free stacks beyond a few give their memory back" {
    scenario stacks/free-ones-are-empty
}

@test "trimming empties what is free as a whole, and touches nothing in use" {
    scenario stacks/trim
}

@test "a run gives the memory of 20,000 deep goroutines back" {
    # (What a sanitizer or an emulator takes cannot be told from ours.)
    native || return 0
    CAP_GIB=16 scenario stacks/run-gives-back
}

@test "100,000 goroutines at once; with guard regions in under 100 mappings" {
    rounds 100000
    if [ -z "$SAN$RUN" ]; then export CHECK_MAPPINGS=1 CAP_GIB=32; fi
    scenario stacks/very-many
}

# ---- Where -----------------------------------------------------------------

@test "records lie at different places of their page" {
    scenario stacks/colours
}

@test "goroutines and coroutines begin with a stack that vectors can lie on" {
    scenario stacks/alignment
}

@test "those who look at all stacks see what is in use, once each" {
    scenario stacks/each
}

@test "two threads make and free coroutines at the same time" {
    if [ -n "$few" ]; then export CHECK_ROUNDS=10; fi
    scenario stacks/two-threads
}

@test "fork in a coroutine: parent and child go on, each with its copy" {
    if [ -n "$few" ]; then export CHECK_ROUNDS=3; fi
    scenario stacks/fork-in-coroutine
}

# ---- Goroutines ------------------------------------------------------------

@test "arguments of all widths, up to six, and variadic, arrive as they were" {
    scenario go/arguments
}

@test "arguments and attributes are read at once" {
    scenario go/arguments-are-copied
}

@test "one thread: goroutines take turns, first come, first served" {
    one_thread || return 0
    scenario go/turns
}

@test "one thread: a new goroutine waits for its turn, and nobody is interrupted" {
    one_thread || return 0
    scenario go/starts
}

@test "gosched alone comes back" {
    scenario go/alone
}

@test "10,000 goroutines at once each do their work" {
    rounds 10000
    scenario go/ten-thousand
}

@test "a wait group waits until all have ended" {
    scenario go/waitgroup
}

@test "main is goroutine 1, and no id is given twice" {
    scenario go/ids
}

@test "one thread: ids count up, and go_num_goroutine counts all" {
    one_thread || return 0
    scenario go/ids-in-order
}

@test "errno and the rounding mode are the goroutine's own" {
    scenario go/keeps
}

@test "goexit ends a goroutine from any depth, and its wait group is told" {
    scenario go/goexit
}

@test "go_run returns what main returns, and runs again as if for the first time" {
    scenario go/run-again
}

@test "a coroutine outlives its run" {
    scenario go/coroutine-outlives
}

# ---- Errors ----------------------------------------------------------------

@test "main's Goexit when nobody is left is Go's deadlock" {
    program tests/02-stack_go main-exits
    show
    [ "$status" -eq 2 ]
    [ "$output" = 'fatal error: no goroutines (main called runtime.Goexit) - deadlock!' ]
}

@test "main's Goexit lets the others go on first" {
    program tests/02-stack_go main-exits-others-go-on
    show
    [ "$status" -eq 2 ]
    [ "$(sort <<<"$output")" = 'fatal error: no goroutines (main called runtime.Goexit) - deadlock!
the others go on' ]
}

@test "all goroutines asleep is Go's deadlock, with the one that waits" {
    fatal go/all-asleep 'all goroutines are asleep - deadlock!'
    [[ "$output" == *$'\n\ngoroutine 1 [sync.WaitGroup.Wait]:\n'*'all_asleep('* ]]
}

@test "go of a NULL function is Go's fatal error" {
    fatal go/go-of-nil 'go of nil func value'
    [[ "$output" == *$'\n\ngoroutine 1 [running]:\n'*$'\ngo_of_nil'* ]]
}

@test "goexit in a coroutine is a fatal error that says what to do" {
    fatal go/goexit-in-coroutine 'go_goexit called in a coroutine: return from it first'
}

@test "go_run in a goroutine is a fatal error" {
    fatal go/nested 'go_run called from a goroutine'
}

@test "go_run of NULL is a fatal error" {
    fatal go/run-of-nil 'go_run: main_fn is NULL'
}

@test "outside a run each function of goroutines is a fatal error that names it" {
    fatal go/go-outside 'go called outside a goroutine (see go_run)'
    fatal go/gosched-outside 'go_gosched called outside a goroutine (see go_run)'
    fatal go/goexit-outside 'go_goexit called outside a goroutine (see go_run)'
    fatal go/id-outside 'go_id called outside a goroutine (see go_run)'
    fatal go/num-outside 'go_num_goroutine called outside a goroutine (see go_run)'
    fatal go/high-water-outside 'go_stack_high_water called outside a goroutine (see go_run)'
}
