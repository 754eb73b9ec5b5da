#!/usr/bin/env bats
# A newcomer's first hour, from a fresh copy to the third exercise that passes:
# what is typed, and each screen. tests/first-hour.txt is the script:
#
#   $ make try             typed
#   the screen             what must come back
#   > write MARK in FILE   the newcomer writes these lines as the body of MARK
#       ...                (FILE is a file of work/; MACHINE stands for ours)
#   >
#
# Left out of the comparison: what belongs to the machine (its name, addresses,
# the lines that say what is compiled), minutes spent, and how many exercises
# the other parts have. After a change of a screen: UPDATE=1 bats
# tests/first-hour.bats writes the script anew. Then read it.

load tools/test
load tools/learner

# fresh: what a new clone has.
fresh() {
    mkdir "$1"
    if git rev-parse --show-toplevel >/dev/null 2>&1; then
        git ls-files -co --exclude-standard -z | tar --null --ignore-failed-read -T - -cf - 2>/dev/null | tar -xf - -C "$1"
    else
        tar --exclude=./build --exclude=./work -cf - . | tar -xf - -C "$1"
    fi
}

normal() {
    sed -E -e '/^  (compile|collect|link|book)  .*(build|tests|labs|chapters)\//d' \
        -e "s/$(uname -m)/MACHINE/g; s/0x[0-9a-f]+/0x.../g; s/Makefile:[0-9]+:/Makefile:N:/" \
        -e 's/ It took you [0-9]+ minutes?\.//; s/, [0-9]+ spent//; s/ You have spent [0-9]+\.//' \
        -e 's/(of) [0-9]+ (done, about [0-9]+ of) [0-9]+/\1 N \2 N/' \
        -e '/^  [0-9]+ .*: labs .* of .* done, .* min$/,+1d' \
        -e 's/[.][0-9]{8}-[0-9]{6}$/.DATE/; s/ +$//'
}

# play SCRIPT: do what it says, in this folder; print it with today's screens.
play() {
    local line written=''
    while IFS= read -r line; do
        case $line in
        '$ '*)
            printf '%s\n' "$line"
            # shellcheck disable=SC2086  # words
            env -i PATH="$PATH" HOME="$HOME" ${line#\$ } </dev/null 2>&1 3>&- | normal ;;
        '> write '*)
            printf '%s\n' "$line"
            read -r mark _ file <<<"${line#> write }"
            file=work/${file/MACHINE/$(uname -m)}
            written=$'\n' ;;
        '>')
            printf '%s%s\n' "${written#$'\n'}" "$line"
            body "$mark" "$(sed '/^$/d' <<<"$written")"
            written='' ;;
        *)  if [ -n "$written" ]; then written+=$line$'\n'; fi ;;
        esac
    done <"$1"
}

@test "the first hour: from a fresh copy to the third exercise, screen by screen" {
    fresh "$BATS_TEST_TMPDIR/course"
    cp tests/first-hour.txt "$BATS_TEST_TMPDIR/script"
    cd "$BATS_TEST_TMPDIR/course"
    play "$BATS_TEST_TMPDIR/script" >"$BATS_TEST_TMPDIR/played"
    if [ -n "${UPDATE:-}" ]; then
        cp "$BATS_TEST_TMPDIR/played" "$BATS_TEST_DIRNAME/first-hour.txt"
    fi
    diff "$BATS_TEST_TMPDIR/script" "$BATS_TEST_TMPDIR/played"
    # It is a story with an end: three are done, of each kind a wrong one first.
    [ "$(grep -c ': passed\.$' "$BATS_TEST_TMPDIR/played")" -ge 3 ]
    [ "$(grep -c '^  WHAT ' "$BATS_TEST_TMPDIR/played")" -ge 3 ]
}
