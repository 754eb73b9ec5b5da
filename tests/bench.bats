#!/usr/bin/env bats
# make bench: what it measures is written down whole. How fast anything is, is
# no matter of a test.

load tools/test

setup_file() {
    cd "$BATS_TEST_DIRNAME/.." || exit 1
    export BENCH_BUILD=$BATS_FILE_TMPDIR/build
}

# bench ARGS...: one pass, in a build folder of its own.
bench() {
    run "$MAKE" -s bench PASSES=1 BUILD="$BENCH_BUILD" "$@"
    show
}

@test "bench: a workload that is chosen is in the table, with all columns, and no other" {
    bench BENCH='^restart$' PART=3
    [ "$status" -eq 0 ]
    table=$BENCH_BUILD/bench.tsv
    [ "$(head -n 1 "$table")" = $'workload\tprocs\tunit\tsystem\tmin\tmedian' ]
    [ "$(cut -f1-4 "$table" | tail -n +2)" = $'restart\t1\tus\tlibgoroutine\nrestart\t2\tus\tlibgoroutine' ]
    tail -n +2 "$table" | awk -F'\t' 'NF != 6 || !($5 > 0 && $5 <= $6) { exit 1 }'
    [[ "$output" == *'load of the machine'* ]]
    [[ "$output" == *'restart'*'libgoroutine'* ]]
}

@test "bench: many goroutines: time, memory and mappings, beside Go if it is here" {
    bench BENCH='^mem_100k$'
    [ "$status" -eq 0 ]
    table=$BENCH_BUILD/bench.tsv
    for procs in 1 2; do
        for row in $'create\tns' $'wake\tns' $'end\tns' $'rss\tB' $'maps\tmaps'; do
            grep -q "^mem_100k_${row%%$'\t'*}"$'\t'"$procs"$'\t'"${row##*$'\t'}"$'\tlibgoroutine\t' "$table"
        done
    done
    [[ "$output" == *'mem_100k: the stacks of libgoroutine have '* ]]
    if command -v go >/dev/null; then
        version=$(go version | sed -E 's/^go version go([^ ]*).*/\1/')
        grep -q $'^mem_100k_create\t1\tns\tGo '"$version"$'\t' "$table"
        [[ "$output" == *"Go $version"*'Go/ours'* ]]
    fi
}

@test "bench: a system that is not on this machine is named, with its package" {
    mkdir "$BATS_TEST_TMPDIR/bin"
    ln -s /usr/bin/* "$BATS_TEST_TMPDIR/bin/"
    rm -f "$BATS_TEST_TMPDIR/bin/go"
    PATH=$BATS_TEST_TMPDIR/bin bench BENCH='^restart$' PART=3
    [ "$status" -eq 0 ]
    [[ "$output" == *'Not measured: tests/03-gmp_bench.go. Missing: golang-go (Debian).'* ]]
}

@test "bench: an earlier chapter measures what it has" {
    bench BENCH='^(generator|restart)$' CHAPTER=1
    [ "$status" -eq 0 ]
    [ "$(cut -f1 "$BENCH_BUILD/bench.tsv" | sort -u)" = $'generator\nworkload' ]
}

@test "bench: a workload that does not exist, and a sanitizer, are refused" {
    bench BENCH=yeild PART=3
    [ "$status" -eq 2 ]
    [[ "$output" == *'BENCH=yeild: there is no such workload.'* ]]
    bench SAN=address
    [ "$status" -eq 2 ]
    [[ "$output" == *'without SAN'* ]]
}

# numbers ARGS...: with figures of part 3 as numbers.txt says, in a copy of the
# book, and without Go.
numbers() {
    tree=$BATS_TEST_TMPDIR/tree
    if [ ! -e "$tree" ]; then
        mkdir -p "$tree" "$BATS_TEST_TMPDIR/bin"
        cp -r Makefile lib chapters labs solutions tests book "$tree"
        ln -s /usr/bin/* "$BATS_TEST_TMPDIR/bin/"
        rm -f "$BATS_TEST_TMPDIR/bin/go"
        printf '#include <stdio.h>\nint main(void) { printf("g 320\\nlong 12.34\\n"); return 0; }\n' >"$tree/chapters/03-gmp/tiny.c"
        printf '# Some machine, Linux 5.0, gcc 9, 2020-01-01\nswitch\t4.4\tns\tof old\nwake-go\t77\tus\tof Go\n' >"$tree/chapters/numbers.tsv"
    fi
    cat >"$tree/chapters/03-gmp/numbers.txt"
    PATH=$BATS_TEST_TMPDIR/bin PASSES=1 run "$MAKE" -s -C "$tree" numbers BUILD="$BENCH_BUILD" "$@"
    show
}

@test "numbers: what one part asks for is measured, on one p or two; the rest is kept, and what needs Go" {
    numbers PART=3 <<'END'
wake    | one  | bench restart libgoroutine
wake2   | two  | bench2 restart libgoroutine
g-bytes | size | run tiny g bytes
long    | long | run tiny long ns
wake-go | of Go | bench restart Go
END
    [ "$status" -eq 0 ]
    [[ "$output" == *'numbers: wake-go keeps what it had. Not measured: tests/03-gmp_bench.go. Missing: golang-go (Debian).'* ]]
    table=$tree/chapters/numbers.tsv
    [ "$(sed -n '1,2p' "$table")" = $'# Some machine, Linux 5.0, gcc 9, 2020-01-01\nswitch\t4.4\tns\tof old' ]
    [[ "$(sed -n 3p "$table")" == '# '*"$(date +%Y)"* ]]
    [ "$(sed -n 4,7p "$table" | cut -f1,3,4)" = $'wake\tus\tone\nwake2\tus\ttwo\ng-bytes\tbytes\tsize\nlong\tns\tlong' ]
    [ "$(sed -n 6,7p "$table" | cut -f2 | paste -sd ' ')" = '320 12' ]
    [ "$(sed -n '8,$p' "$table")" = $'# Some machine, Linux 5.0, gcc 9, 2020-01-01\nwake-go\t77\tus\tof Go' ]
    # Each is the row of its own number of p's.
    [ "$(awk '$1 == "restart" { printf "%d ", $2 }' "$BENCH_BUILD/bench.tsv")" = '1 2 ' ]
    for procs in 1 2; do
        measured=$(awk -F'\t' -v p=$procs '$1 == "restart" && $2 == p { v = $5; printf(v < 9.95 ? "%.1f" : "%.0f", v) }' "$BENCH_BUILD/bench.tsv")
        [ "$(sed -n $((procs + 3))p "$table" | cut -f2)" = "$measured" ]
    done
}

@test "numbers: what cannot be measured is named, and the table stays as it was" {
    while IFS='%' read -r line words; do
        numbers PART=3 <<<"$line"
        [ "$status" -eq 2 ]
        [[ "$output" == *"numbers: $words"* ]]
        [ "$(wc -l <"$tree/chapters/numbers.tsv")" -eq 3 ]
    done <<'END'
lost | lost | run nothing g bytes%lost: its program chapters/03-gmp/nothing.c is missing.
lost | lost | run tiny size bytes%lost: chapters/03-gmp/tiny.c prints no line that begins with size.
lost | lost | bench nothing libgoroutine%lost: no benchmark has the workload nothing of libgoroutine with 1 p's
lost | lost | guess tiny g bytes%lost: it begins with guess, and there is only bench, bench2, ratio and run.
lost | lost | bench restart Go%lost: it has never been measured. Not measured: tests/03-gmp_bench.go.
END
}
