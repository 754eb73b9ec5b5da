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
