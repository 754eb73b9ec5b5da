#!/usr/bin/env bats
# What the library makes of a world that fails: each call of the kernel may,
# the first time or later. These tests run on the build FAULTS=1.

load tools/test

part=03-gmp

setup() {
    unset GOMAXPROCS GODEBUG GOTRACEBACK GO_FAULT GO_FAULT_LOG GO_WORLD_DIR \
        GO_WORLD_PROCESSORS GO_WORLD_PAGE_SIZE
    world=$BATS_TEST_TMPDIR/world
}

# each_call SCENARIO CALL 'ERROR...' [FATAL]: the first call fails, the second,
# and so on to the twentieth, as long as there are so many; then all of them.
# Further errors are tried on the first, the second, and all. Each time all is
# well, or the end is this fatal error.
each_call() {
    local scenario=$1 call=$2 errors=$3 fatal=${4:-} error nth missing happened=0
    local calls=({1..20} 1+ 3+)
    for error in $errors; do
        missing=false
        for nth in "${calls[@]}"; do
            # There are not so many calls.
            if $missing && [ "${nth%+}" = "$nth" ]; then continue; fi
            export GO_FAULT=${GO_FAULT_TOO:+$GO_FAULT_TOO,}$call:$nth:$error
            export GO_FAULT_LOG=$BATS_TEST_TMPDIR/log
            rm -f "$GO_FAULT_LOG"
            program tests/03-gmp_faults "$scenario"
            printf 'GO_FAULT=%s: status %s\n' "$GO_FAULT" "$status"
            [ "$status" -ne 0 ] || [ -z "$(others "$output")" ]
            if [ "$status" -ne 0 ]; then
                head -n 10 <<<"$output"
                [ "$status" -eq 2 ]
                [ -n "$fatal" ]
                grep -qxF "fatal error: $fatal" <<<"$output"
            fi
            if grep -q "^$call:" "$GO_FAULT_LOG" 2>/dev/null; then
                happened=$((happened + 1))
            else
                missing=true
            fi
        done
        calls=(1 2 1+)
    done
    [ "$happened" -gt 0 ]
}

# The lines of TEXT but for the note that stacks have canaries only.
others() {
    grep -v -e '^runtime: [0-9]* stacks have guard pages, and vm.max_map_count ([0-9]*) leaves room for no more.$' \
        -e '^runtime: the overflow of a further stack is noticed only when its goroutine stops. Raise the limit$' \
        -e '^runtime: (sysctl -w vm.max_map_count=1000000), or use Linux 6.13, which needs none.$' <<<"$1" || true
}

# has PATH TEXT: in the world of this test there is such a file.
has() {
    mkdir -p "$world$(dirname "$1")"
    printf '%s\n' "$2" >"$world$1"
    export GO_WORLD_DIR=$world
}

# ---- The build -------------------------------------------------------------

@test "a fault that is misspelt is refused" {
    local bad
    for bad in mop:1:ENOMEM map:0:ENOMEM map:1 map:1:ENOSUCH map:1+x:EIO map:1:0 x; do
        GO_FAULT=$bad program tests/03-gmp_faults procs
        show
        [ "$status" -eq 3 ]
        [ "$output" = "faults: what is GO_FAULT=$bad?" ]
    done
    GO_WORLD_PAGE_SIZE=5000 program tests/03-gmp_faults procs
    [ "$status" -eq 3 ]
    GO_WORLD_PROCESSORS=many program tests/03-gmp_faults procs
    [ "$status" -eq 3 ]
}

@test "the programs are right in a world that does not fail" {
    local name
    for name in coroutines crowd stale-wake waits spins many-park cool signal-later; do
        scenario "faults/$name"
        [ -z "$output" ]
    done
}

# ---- Coroutines ------------------------------------------------------------

@test "coroutines: no addresses for a stack: NULL and ENOMEM" {
    each_call coroutines reserve 'ENOMEM EAGAIN EPERM'
}

@test "coroutines: guards in other ways, or none" {
    each_call coroutines guard_regions 'EINVAL ENOMEM EPERM'
    GO_FAULT_TOO=guard_regions:1:EINVAL each_call coroutines guard 'ENOMEM EACCES'
}

@test "coroutines: memory that the kernel does not take back" {
    each_call coroutines discard 'EINVAL ENOMEM'
}

# ---- Channels and sync -----------------------------------------------------

# no_memory SCENARIO CALL TEXT...: each call in turn gets no memory, and all after
# it. Each time all is well, or the end is a fatal error; and each TEXT is seen.
no_memory() {
    local scenario=$1 call=$2 nth text seen=''
    shift 2
    GO_FAULT='' program tests/07-sync_faults "$scenario"
    [ "$status" -eq 0 ] && [ -z "$output" ]
    for nth in {1..600}; do
        GO_FAULT=$call:$nth+:ENOMEM program tests/07-sync_faults "$scenario"
        [ "$status" -ne 0 ] || break
        printf '%s: %s\n' "$nth" "$(head -n 1 <<<"$output")"
        [ "$status" -eq 2 ]
        grep -q '^fatal error: .*no memory' <<<"$output"
        seen+=$output
    done
    [ "$nth" -gt 1 ] && [ "$nth" -lt 600 ]
    for text; do
        grep -qF "fatal error: $text" <<<"$seen"
    done
}

@test "channels and select: no memory" {
    no_memory select alloc 'go_make_chan: no memory for a channel of 0 elements of 4 bytes' \
        'go_select: no memory for 200 cases'
}

@test "maps: no memory" {
    no_memory map alloc 'go_map_store: no memory'
}

# Where Linux makes nobody pass a fence, readers have one of their own. If it
# refuses later, nothing can be freed, and all else is as it should be.
@test "maps: no fence for all" {
    local faults scenario
    for faults in :map-frees fence_all:1+:ENOSYS:map-frees fence_all:1+:EPERM:map-frees \
        fence_all:2+:ENOMEM:map-keeps; do
        scenario=${faults##*:}
        GO_FAULT=${faults%:*} GOMAXPROCS=2 program tests/07-sync_faults "$scenario"
        printf '%s: %s %s\n' "$faults" "$status" "$output"
        [ "$status" -eq 0 ] && [ -z "$output" ]
    done
}

# One of several p's is never alone then; if Linux refuses later, from then on.
@test "alone: no fence for all" {
    local faults
    for faults in '' fence_all:1+:ENOSYS fence_all:2+:EPERM fence_all:3+:EPERM \
        fence_all:2:EPERM fence_all:4+:ENOMEM; do
        GO_FAULT=$faults GOMAXPROCS=2 program tests/07-sync_faults alone
        printf '%s: %s %s\n' "$faults" "$status" "$output"
        [ "$status" -eq 0 ] && [ -z "$output" ]
    done
}

@test "pools: no memory" {
    no_memory pool alloc 'go_pool_put: no memory'
    no_memory pool map 'go_pool_put: no memory'
}

@test "singleflight: no memory" {
    no_memory flight alloc 'go_singleflight_do_chan: no memory'
}

# ---- 2,200 goroutines ------------------------------------------------------

@test "goroutines: no memory" {
    each_call crowd map 'ENOMEM EAGAIN' 'go_run: no memory for the scheduler'
}

@test "goroutines: no addresses for a stack" {
    each_call crowd reserve 'ENOMEM EAGAIN' 'out of memory (stack)'
}

@test "goroutines: guards in other ways, or none" {
    each_call crowd guard_regions 'EINVAL ENOMEM'
    GO_FAULT_TOO=guard_regions:1:EINVAL each_call crowd guard 'ENOMEM'
}

@test "goroutines: memory that the kernel does not take back" {
    each_call crowd unmap 'ENOMEM EINVAL'
    each_call crowd discard 'EINVAL ENOMEM'
    GODEBUG=stackfill=1 each_call crowd discard 'EAGAIN'
}

@test "GODEBUG=stackfill=1: the stack is zero, even if the kernel does not help" {
    export GODEBUG=stackfill=1 GOMAXPROCS=1
    scenario faults/stackfill
    GO_FAULT=discard:1+:EINVAL scenario faults/stackfill
}

@test "a page of a stack that the program has locked in memory" {
    scenario faults/locked-memory
}

@test "a signal stack that cannot be taken away stays usable" {
    GO_FAULT=signal_stack:2+:EPERM scenario faults/signal-later
}

@test "goroutines that are stopped take no signal stack along if none is told" {
    GO_FAULT=signal_stack:6+:ENOMEM scenario faults/computes
}

@test "goroutines: nothing is known of the pages of a stack" {
    each_call crowd resident 'EAGAIN ENOMEM'
}

@test "goroutines: no signal stack" {
    each_call crowd signal_stack 'ENOMEM EPERM'
}

@test "goroutines: no signal handler" {
    each_call crowd on_signal 'EINVAL' 'overflow_catch: the kernel takes no signal handler'
}

@test "goroutines: a futex that wakes too early, for each reason" {
    each_call crowd futex_wait 'EINTR EAGAIN 0'
    each_call stale-wake futex_wait 'EINTR 0'
}

@test "goroutines: a futex that denies that it woke somebody" {
    each_call crowd futex_wake 'EINVAL'
}

@test "goroutines: no thread" {
    each_call crowd thread 'EAGAIN ENOMEM EPERM' newosproc
    each_call waits thread 'EAGAIN' newosproc
    each_call spins thread 'EAGAIN' newosproc
}

@test "goroutines: no file can be read" {
    each_call crowd read_file 'ENOENT EMFILE'
}

@test "no thread: Go's words, and the limit to raise" {
    export GOMAXPROCS=1 GOTRACEBACK=none
    GO_FAULT=thread:1:EAGAIN program tests/03-gmp_faults waits
    show
    [ "$status" -eq 2 ]
    [ "$output" = 'runtime: failed to create new OS thread (have 1 already; errno=11)
runtime: may need to increase max user processes (ulimit -u)
fatal error: newosproc' ]
    GO_FAULT=thread:1:ENOMEM program tests/03-gmp_faults waits
    show
    [ "$status" -eq 2 ]
    [ "$output" = 'runtime: failed to create new OS thread (have 1 already; errno=12)
fatal error: newosproc' ]
}

# ---- Overflow --------------------------------------------------------------

# overflow_told CALL 'ERROR...' ['OTHER END']: while the calls fail one after
# the other, an overflow is told, or the end is the other one.
overflow_told() {
    local nth error
    for error in $2; do
        for nth in {1..9} 1+; do
            GO_FAULT=$1:$nth:$error program tests/03-gmp_faults overflow
            printf 'GO_FAULT=%s:%s:%s: ' "$1" "$nth" "$error"
            show
            if [ "$status" -ne 2 ]; then
                # No signal stack, no report: documented at overflow_watch.
                [ "$status" -eq 139 ]
                [[ $1 == map || $1 == signal_stack ]]
                [ -z "$output" ]
            elif ! grep -qxF "fatal error: ${3:-}" <<<"$output"; then
                [ "$(grep -m 1 '^fatal error' <<<"$output")" = 'fatal error: stack overflow' ]
                grep -qx 'runtime: goroutine 2 stack exceeds 65536-byte limit' <<<"$output"
                [[ "$output" == *'or for all goroutines: GODEBUG=stacksize=131072' ]]
            fi
        done
    done
}

@test "overflow: told while files cannot be read, and names are missing" {
    overflow_told map_file 'ENOENT EMFILE ENOMEM'
    overflow_told program 'ENOENT'
    overflow_told read_file 'ENOENT'
}

@test "overflow: told while guards are not to be had, and handlers are refused" {
    overflow_told guard_regions 'EINVAL'
    overflow_told on_signal 'EINVAL' 'overflow_catch: the kernel takes no signal handler'
}

@test "overflow: told, or a plain SIGSEGV if there is no signal stack" {
    overflow_told map 'ENOMEM' 'go_run: no memory for the scheduler'
    overflow_told signal_stack 'ENOMEM EPERM'
}

@test "overflow: told while futexes wake too early and threads are refused" {
    overflow_told futex_wait 'EINTR 0'
    overflow_told thread 'EAGAIN' newosproc
}

# ---- Guards in three ways --------------------------------------------------

# mappings NUMBER: 1,000 goroutines take that many, or few more for threads.
# (With one p, because each p keeps some that have ended.)
mappings() {
    GOMAXPROCS=1 program tests/03-gmp_faults some-park
    show
    [ "$status" -eq 0 ]
    local n=${output##*$'\n'}
    n=${n% mappings more}
    [ "$n" -ge "$1" ] && [ "$n" -le $(($1 + 60)) ]
}

@test "guard regions leave mappings whole" {
    # Linux 6.13 has them.
    [ "$(printf '6.13\n%s\n' "$(uname -r)" | sort -V | head -n 1)" = 6.13 ] || skip 'an older kernel'
    mappings 0
    [ -z "$(grep -v ' mappings more$' <<<"$output")" ]
}

@test "an old kernel: guard pages, and each is two mappings more" {
    export GO_FAULT=guard_regions:1+:EINVAL
    mappings 2000
    [ -z "$(grep -v ' mappings more$' <<<"$output")" ]
    scenario faults/many-park
    [ -z "$output" ]
    program tests/03-gmp_faults overstep
    show
    [ "$status" -eq 2 ]
    grep -qx 'fatal error: stack overflow' <<<"$output"
}

@test "no mappings left: a note, once, and any number of goroutines" {
    export GO_FAULT=guard_regions:1+:EINVAL
    has /proc/sys/vm/max_map_count 100
    local name
    for name in many-park cool crowd; do
        scenario "faults/$name"
        [ "$output" = 'runtime: 44 stacks have guard pages, and vm.max_map_count (100) leaves room for no more.
runtime: the overflow of a further stack is noticed only when its goroutine stops. Raise the limit
runtime: (sysctl -w vm.max_map_count=1000000), or use Linux 6.13, which needs none.' ]
    done
    mappings 88
}

@test "a limit of mappings that makes no sense counts as the usual one" {
    export GO_FAULT=guard_regions:1+:EINVAL
    local text
    for text in '' x 0; do
        has /proc/sys/vm/max_map_count "$text"
        scenario faults/crowd
        [ -z "$output" ]
    done
}

@test "an overflow without a guard is told when the goroutine stops" {
    export GO_FAULT=guard_regions:1+:EINVAL,guard:1+:ENOMEM
    program tests/03-gmp_faults overstep
    show
    [ "$status" -eq 2 ]
    local text
    text=$(others "$output")
    [[ "$text" == 'runtime: goroutine 2 stack exceeds 65536-byte limit
runtime: sp='*'
fatal error: stack overflow
created by overstep_main in goroutine 1
'* ]]
    [[ "$text" == *'or for all goroutines: GODEBUG=stacksize=131072' ]]
}

@test "an overflow without a guard that runs into other memory is told, or ends the process" {
    export GO_FAULT=guard_regions:1+:EINVAL,guard:1+:ENOMEM
    program tests/03-gmp_faults overflow
    show
    # It may run over the stack of the handler, which then can say nothing.
    [ "$status" -eq 139 ] && return 0
    [ "$status" -eq 2 ]
    grep -qx 'runtime: goroutine 2 stack exceeds 65536-byte limit' <<<"$output"
    grep -qx 'fatal error: stack overflow' <<<"$output"
}

@test "pages of 16 and 64 KiB" {
    local size name
    for size in 16384 65536; do
        export GO_WORLD_PAGE_SIZE=$size
        for name in coroutines crowd many-park cool; do
            scenario "faults/$name"
            [ -z "$output" ]
        done
        GO_FAULT=guard_regions:1+:EINVAL scenario faults/crowd
        [ -z "$output" ]
        for name in overflow overstep; do
            program "tests/03-gmp_faults" $name
            show
            [ "$status" -eq 2 ]
            grep -qx 'fatal error: stack overflow' <<<"$output"
        done
    done
}

# ---- GOMAXPROCS ------------------------------------------------------------

# procs NUMBER: so many there are by default.
procs() {
    program tests/03-gmp_faults procs
    show
    [ "$status" -eq 0 ]
    [ "$output" = "$1" ]
}

@test "GOMAXPROCS: the processors of the affinity, 4,096 at most" {
    local n
    has /proc/self/cgroup '0::/'
    for n in 1 2 3 64 4096; do
        export GO_WORLD_PROCESSORS=$n
        procs "$n"
    done
    export GO_WORLD_PROCESSORS=5000
    procs 4096
}

@test "GOMAXPROCS: the limit of a group, rounded up, 2 at least" {
    local limit
    export GO_WORLD_PROCESSORS=16
    has /proc/self/cgroup '0::/a'
    for limit in 'max 100000=16' '300000 100000=3' '300001 100000=4' '350000 100000=4' \
        '10000 100000=2' '100000 100000=2' '200000 100000=2' '50000 10000=5' \
        '1600000 100000=16' '1700000 100000=16'; do
        has /sys/fs/cgroup/a/cpu.max "${limit%=*}"
        procs "${limit#*=}"
    done
    # No more than there are, all the same.
    has /sys/fs/cgroup/a/cpu.max '10000 100000'
    export GO_WORLD_PROCESSORS=1
    procs 1
}

@test "GOMAXPROCS: the least limit of all groups around" {
    export GO_WORLD_PROCESSORS=16
    has /proc/self/cgroup '0::/a/b/c'
    procs 16
    has /sys/fs/cgroup/a/b/c/cpu.max 'max 100000'
    procs 16
    has /sys/fs/cgroup/cpu.max '900000 100000'
    procs 9
    has /sys/fs/cgroup/a/cpu.max '500000 100000'
    procs 5
    has /sys/fs/cgroup/a/b/cpu.max '650000 100000'
    procs 5
    has /sys/fs/cgroup/a/b/c/cpu.max '250000 100000'
    procs 3
}

@test "GOMAXPROCS: version 1 has two files, and may have version 2 beside it" {
    export GO_WORLD_PROCESSORS=16
    has /proc/self/cgroup '11:cpuset:/x
4:cpu,cpuacct:/x/y
1:name=systemd:/x
0::/z'
    procs 16
    # As in a container, whose own group is mounted at the root.
    has /sys/fs/cgroup/cpu/cpu.cfs_quota_us 700000
    procs 16
    has /sys/fs/cgroup/cpu/cpu.cfs_period_us 100000
    procs 7
    has /sys/fs/cgroup/cpu/x/y/cpu.cfs_quota_us -1
    has /sys/fs/cgroup/cpu/x/y/cpu.cfs_period_us 100000
    procs 7
    has /sys/fs/cgroup/cpu/x/y/cpu.cfs_quota_us 410000
    procs 5
    has /sys/fs/cgroup/z/cpu.max '300000 100000'
    procs 3
    # Not those of other controllers.
    has /proc/self/cgroup '11:cpuset:/x/y
4:cpuacct:/x/y'
    procs 16
}

@test "GOMAXPROCS: what cannot be read, or makes no sense, is no limit" {
    local text
    export GO_WORLD_PROCESSORS=16
    for text in '' : :: 0: 0:: '0::' 'x
y' "0::/$(printf 'a/%.0s' {1..300})" "$(printf '%05000d' 0)"; do
        has /proc/self/cgroup "$text"
        procs 16
    done
    has /proc/self/cgroup '0::/a'
    for text in '' max x '-1 100000' '300000' '300000 0' '300000 -1' '300000 x' '0 100000' \
        '99999999999999999999999 1' '9223372036854775807 1'; do
        has /sys/fs/cgroup/a/cpu.max "$text"
        procs 16
    done
    has /sys/fs/cgroup/a/cpu.max '9223372036854775807 9223372036854775807'
    procs 2
    has /sys/fs/cgroup/a/cpu.max '300000 100000'
    procs 3
    GO_FAULT=read_file:1:EACCES procs 16
    GO_FAULT=read_file:2:EIO procs 16
}

@test "GOMAXPROCS: the environment goes before group and affinity" {
    export GO_WORLD_PROCESSORS=16
    has /proc/self/cgroup '0::/a'
    has /sys/fs/cgroup/a/cpu.max '300000 100000'
    GOMAXPROCS=1 procs 1
    GOMAXPROCS=40 procs 40
    GOMAXPROCS='' procs 3
}
