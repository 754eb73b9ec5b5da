#!/usr/bin/env bats
# The schedule explorer: it finds what is there, says what it verified, and
# plays a schedule again, step by step.

load tools/test

checks() { echo "$("$MAKE" -s EXPLORE=1 CC="${1:-gcc}" where)/bin/tests/03-gmp_explore${2:-}"; }

setup_file() {
    cd "$BATS_TEST_DIRNAME/.." || exit 1
    for cc in gcc clang; do
        "$MAKE" -s EXPLORE=1 CC=$cc "$(checks $cc)" "$(checks $cc -classics)" || return 1
    done
}

@test "make explore: every protocol holds, and every planted mistake is found" {
    EXPLORE_SECONDS=3 run "$MAKE" -s explore
    show
    [ "$status" -eq 0 ]
    [[ "${lines[-1]}" =~ ^([0-9]+)\ protocols\ verified,\ ([0-9]+)\ bugs\ found\ of\ ([0-9]+)$ ]]
    [ "${BASH_REMATCH[1]}" -ge 18 ]
    [ "${BASH_REMATCH[2]}" -ge 25 ]
    [ "${BASH_REMATCH[2]}" -eq "${BASH_REMATCH[3]}" ]
    [ "$(awk -F'\t' 'NF < 6' "$BUILD/explore.tsv" | wc -l)" -eq 0 ]
}

@test "a failing schedule is short, and fails again, 1,000 of 1,000, with gcc and with clang" {
    for cc in gcc clang; do
        "$(checks $cc -classics)" >"$BATS_TEST_TMPDIR/found" || true
        [ "$(grep -c '^found' "$BATS_TEST_TMPDIR/found")" -ge 8 ]
        while IFS= read -r schedule; do
            [ "${#schedule}" -le 60 ]
            run "$(checks $cc -classics)" --times 1000 --replay "$schedule"
            show
            [ "$status" -eq 1 ]
            [[ "$output" != *'not the same'* ]]
        done < <(awk -F'\t' '$1 == "found" && $2 != "spins-for-ever" && $2 != "crashes" { print $7 }' "$BATS_TEST_TMPDIR/found")
    done
}

@test "a schedule of a whole program is the same with gcc and with clang" {
    for schedule in meet:20D idle:2BfB stop:0B1B2BgB; do
        for cc in gcc clang; do
            "$(checks $cc)" --replay "$schedule" |
                sed -E 's/0x[0-9a-f]+/ADDRESS/g' >"$BATS_TEST_TMPDIR/$cc" || true
        done
        diff "$BATS_TEST_TMPDIR/gcc" "$BATS_TEST_TMPDIR/clang"
    done
}

@test "a replay shows who did what, where, in a column for each thread" {
    run "$MAKE" -s replay S=add-twice:1B
    show
    [[ "$output" == *'step  thread A'*'thread B'* ]]
    [[ "$output" =~ 03-gmp_explore-classics.c:[0-9]+\ load\ 0 ]]
    [[ "$output" == *'not so: sum.atomic_value == 2'* ]]
}

@test "a program that never ends is told, with the line where it goes on" {
    run "$(checks gcc -classics)" spins-for-ever
    show
    [[ "$output" == *'never ends: 20000 steps'* ]]
    run "$(checks gcc -classics)" --replay spins-for-ever:usual
    [[ "$output" =~ at\ tests/03-gmp_explore-classics.c:[0-9]+ ]]
}

@test "gdb stops at a step of a replay, and goes back" {
    run labs/tools/cap 60 env GDB=1 STEP=5 S=add-twice:1B MAKE="$MAKE" COMPILER=gcc tests/tools/replay <<<$'back\nprint explorer->steps\nquit'
    show
    [[ "$output" == *'explore_stopped'* ]]
    [[ "$output" == *'$1 = 4'* ]]
}

@test "what does not fit is refused: a check, a schedule, an option" {
    run "$MAKE" -s replay
    [ "$status" -eq 2 ]
    [[ "$output" == *'which one?'* ]]
    run "$MAKE" -s replay S=no-such:1A
    [ "$status" -eq 2 ]
    [[ "$output" == *'there is no check no-such'* ]]
    run "$(checks)" --replay lock:1z
    [ "$status" -eq 2 ]
    [[ "$output" == *'not a schedule'* ]]
    run "$(checks)" --replay lock:zzC
    [ "$status" -eq 2 ]
    [[ "$output" == *'does not fit'* ]]
    run "$(checks)" --frobnicate 1
    [ "$status" -eq 2 ]
    [[ "$output" == *'no such option'*usage* ]]
    run "$(checks)" no-such-check
    [ "$status" -eq 2 ]
}

@test "no full expression has two atomic steps in an order that is open" {
    # Statements with two, after those are gone whose order is fixed.
    run awk '
        { sub(/\/\/.*/, ""); text = text " " $0 }
        /[;{}]/ {
            statement = text
            text = ""
            if (statement ~ /#define/) next
            gsub(/atomic_(store|store_relaxed|store_release|cas|add|swap)\(/, "(", statement)
            n = split(statement, piece, /&&|\|\||\?|:/)
            for (i = 1; i <= n; i++)
                if (gsub(/atomic_[a-z_]*\(/, "", piece[i]) > 1)
                    print FILENAME ": " statement
        }' lib/0*/*.c
    show
    [ -z "$output" ]
}
