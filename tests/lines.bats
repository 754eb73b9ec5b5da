#!/usr/bin/env bats
# Lines in dumps: the library's own reader of .debug_line against addr2line, on
# what this build's compiler can write, and on what no compiler would.

load tools/test

line=tests/02-stack_line
export GOMAXPROCS=1

# fixture OPTIONS...: a program of two files, one known by its full path, with
# code from a header and from a #line, and with assembly. It need not run.
# (Each file begins with a function of its own: addr2line 2.40 errs where the
# first one is from a header.)
fixture() {
    local dir=$BATS_TEST_TMPDIR/fixture
    mkdir -p "$dir/include"
    cd "$dir" || return 1
    cat >include/twice.h <<'C'
static inline int
twice(int n)
{
    for (int i = 0; i < n; i++)
        n += i & 3;
    return 2 * n;
}
C
    {
        echo 'int second(int n) { return n + 2; }'
        echo '#include "twice.h"'
        echo 'int used(int n) { return twice(n) + 1; }'
        echo '#ifdef UNUSED'
        echo 'int unused(int n) {'
        for i in $(seq 1 400); do echo "    n = n * $i ^ (n >> 3);"; done
        echo '    return n; }'
        echo '#endif'
    } >"$BATS_TEST_TMPDIR/other.c"
    cat >main.c <<'C'
int first(int n) { return n + 1; }
#include "twice.h"
int used(int);
int sized_by_nobody(int);

#line 70000 "far.c"
static int
far(int n)
{
    return used(n) + twice(n + 7);
}
#line 15 "main.c"
int
main(int argc, char **argv)
{
    switch (argc) {
    case 1: return far(argc);
    case 2: return used(argc) * 3;
    case 3: return sized_by_nobody(argc);
    }
    return argv[0] == (char *)0;
}
C
    printf '.globl sized_by_nobody\n.type sized_by_nobody, %%function\nsized_by_nobody:\n' >bare.S
    printf 'nop\nnop\nret\n' >>bare.S
    "$COMPILER" -w -Iinclude -ffunction-sections -Wl,-z,noexecstack "$@" \
        main.c "$BATS_TEST_TMPDIR/other.c" bare.S -o program || return 1
    cd "$BATS_TEST_DIRNAME/.." || return 1
    comp_dir=$dir
    file=$dir/program
}

# addresses FILE: of its code, all if it is small, else 500 of them.
addresses() {
    "${BINUTILS:-}readelf" -SW "$1" | sed -n 's/.* \(\.text\|go_text\)  *PROGBITS  *\([0-9a-f]*\) [0-9a-f]* \([0-9a-f]*\) .*/0x\2 0x\3/p' |
        while read -r start bytes; do
            awk -v start=$((start)) -v bytes=$((bytes)) 'BEGIN {
                srand(1)
                for (i = 0; i < bytes && bytes <= 3000; i++) printf "%x\n", start + i
                for (i = 0; i < 500 && bytes > 3000; i++)
                    printf "%x\n", start + int(rand() * bytes)
            }'
        done
}

# lookup FILE: ours.
lookup() {
    # shellcheck disable=SC2086  # RUN is a command with arguments
    labs/tools/cap 60 ${RUN:-} "$B/bin/$line" lookup "$1"
}

# Where it is not sure it says so with a `?`, or with line 0. It puts the folder
# that the compiler ran in before each path, and a note behind.
theirs() {
    "${BINUTILS:-}addr2line" -e "$1" |
        sed "s/ (discriminator.*//; s/.*:[?0]\$/?/; s|^${comp_dir:-$PWD}/||"
}

# same FILE LEAST: as addr2line, for LEAST addresses at least with a line.
# (The functions that a sanitizer adds have lines, but no name that addr2line
# would find them by.)
same() {
    addresses "$1" >"$BATS_TEST_TMPDIR/addresses"
    lookup "$1" <"$BATS_TEST_TMPDIR/addresses" >"$BATS_TEST_TMPDIR/ours"
    theirs "$1" <"$BATS_TEST_TMPDIR/addresses" >"$BATS_TEST_TMPDIR/theirs"
    paste "$BATS_TEST_TMPDIR"/{addresses,ours,theirs} | awk -v san="$SAN" '
        $2 != $3 && !(san && $3 == "?")' >"$BATS_TEST_TMPDIR/differ"
    head -n 5 "$BATS_TEST_TMPDIR/differ"
    [ ! -s "$BATS_TEST_TMPDIR/differ" ]
    [ "$(grep -vc '^?' "$BATS_TEST_TMPDIR/ours")" -ge "$2" ]
}

# none FILE: no address has a line.
none() {
    addresses "$1" >"$BATS_TEST_TMPDIR/addresses"
    [ -s "$BATS_TEST_TMPDIR/addresses" ]
    [ "$(lookup "$1" <"$BATS_TEST_TMPDIR/addresses" | sort -u)" = '?' ]
}

# ---- As addr2line ----------------------------------------------------------

@test "every version of the format, optimised or not: the lines are addr2line's" {
    for version in 2 3 4 5; do
        for opt in -O0 -O2; do
            fixture -gdwarf-$version $opt
            same "$file" 100
            for name in main.c far.c include/twice.h "$BATS_TEST_TMPDIR/other.c"; do
                grep -q "^$name:" "$BATS_TEST_TMPDIR/ours"
            done
        done
    done
}

@test "the format of 64 bits tells the same lines as that of 32" {
    fixture -gdwarf-5
    same "$file" 100
    fixture -gdwarf-5 -gdwarf64
    lookup "$file" <"$BATS_TEST_TMPDIR/addresses" | cmp - "$BATS_TEST_TMPDIR/ours"
}

@test "a path reads as the compiler was given it" {
    fixture -g
    addresses "$file" | lookup "$file" | cut -d: -f1 | sort -u >"$BATS_TEST_TMPDIR/ours"
    cat "$BATS_TEST_TMPDIR/ours"
    for name in main.c far.c include/twice.h "$BATS_TEST_TMPDIR/other.c"; do
        grep -qx "$name" "$BATS_TEST_TMPDIR/ours"
    done
}

# Here addr2line gives the code at the lowest addresses such lines.
@test "lines of a function that the linker threw away are not given to others" {
    for version in 4 5; do
        fixture -gdwarf-$version -O0 -DUNUSED -Wl,--gc-sections
        [ -z "$("${BINUTILS:-}nm" "$file" | grep unused)" ]
        start=$("${BINUTILS:-}nm" "$file" | awk '$3 == "used" { print $1 }')
        [ "$(lookup "$file" <<<"$start")" = "$BATS_TEST_TMPDIR/other.c:3" ]
        addresses "$file" >"$BATS_TEST_TMPDIR/addresses"
        lookup "$file" <"$BATS_TEST_TMPDIR/addresses" >"$BATS_TEST_TMPDIR/ours"
        [ -z "$(awk -F: '/other.c/ && $2 > 3' "$BATS_TEST_TMPDIR/ours")" ]
    done
}

@test "an address that is fixed, and a library: the lines are addr2line's" {
    fixture -g -no-pie -fno-pie
    same "$file" 100
    fixture -g -shared -fPIC
    same "$file" 100
}

@test "the library and a program of this build: the lines are addr2line's" {
    same "$B/bin/$line" 100
    same "$B/libgoroutine.so" 100
}

@test "no lines, none any more, or compressed ones: nothing is found" {
    fixture -g0
    none "$file"
    for option in -s -g -gz=zlib; do
        if [ $option = -gz=zlib ]; then fixture -g -gz=zlib; else
            fixture -g
            "${BINUTILS:-}strip" $option "$file"
        fi
        none "$file"
    done
}

# ---- Damage ----------------------------------------------------------------

@test "wrong bytes in every place: no crash, and an end" {
    if [ -n "${RUN:-}" ]; then export CHECK_ROUNDS=100; fi
    for version in 4 5; do
        fixture -gdwarf-$version
        program $line damaged "$file"
        show
        [ "$status" -eq 0 ]
    done
}

# ---- Dumps -----------------------------------------------------------------

# here TEXT: the line of the test program with this comment.
here() { grep -n "// $1" $line.c | cut -d: -f1; }

@test "a dump has file, line and offset for each frame" {
    program $line dump 1
    show
    [ "$status" -eq 2 ]
    main=$(here 'goroutine 1 fails here') work=$(here 'a goroutine waits here')
    [[ "$output" =~ $'dump(...)\n\t'$line.c:$main' +0x'[0-9a-f]+$'\n' ]]
    [[ "$output" =~ $'work(...)\n\t'$line.c:$work' +0x'[0-9a-f]+$'\n' ]]
}

@test "the offset is where the function goes on, counted from its first byte" {
    program $line dump 1
    [[ "$output" =~ $'work(...)\n\t'[^\ ]*' +0x'([0-9a-f]+) ]]
    offset=${BASH_REMATCH[1]}
    start=$("${BINUTILS:-}nm" "$B/bin/$line" | awk '$3 == "work" { print $1 }')
    want=$(printf '%x' $((0x$start + 0x$offset)))
    echo "work at $start, goes on at $want"
    "${BINUTILS:-}objdump" -d --no-show-raw-insn "$B/bin/$line" | grep -B1 "^ *$want:" |
        head -n 1 | grep -E 'call|bl'
}

@test "a dump without lines has addresses that addr2line makes lines of" {
    for how in strip compress; do
        cp "$B/bin/$line" "$BATS_TEST_TMPDIR/$how"
        if [ $how = strip ]; then
            "${BINUTILS:-}strip" -g "$BATS_TEST_TMPDIR/$how"
        else
            "${BINUTILS:-}objcopy" --compress-debug-sections=zlib "$BATS_TEST_TMPDIR/$how"
        fi
        # shellcheck disable=SC2086
        run labs/tools/cap 60 ${RUN:-} "$BATS_TEST_TMPDIR/$how" dump 1
        show
        [ "$status" -eq 2 ]
        [[ "$output" =~ $'work(...)\n\t'[^$'\n']*/$how\+0x([0-9a-f]+)$'\n' ]]
        [ "$(theirs "$B/bin/$line" <<<"${BASH_REMATCH[1]}")" = "$line.c:$(here 'a goroutine waits here')" ]
    done
}

@test "a dump of 1,000 goroutines has all of them, each with its line" {
    if [ -n "${RUN:-}" ]; then n=100; else n=1000; fi
    program $line dump $n
    [ "$status" -eq 2 ]
    [ "$(grep -c "$line.c:$(here 'a goroutine waits here') +0x" <<<"$output")" -eq $n ]
}
