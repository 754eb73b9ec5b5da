#!/usr/bin/env bats
# make grade: what others have handed in is checked, told in three forms, and
# graded twice it is the same.

load tools/test
load tools/learner

setup() {
    export WORK=$BATS_TEST_TMPDIR/work NO_COLOR=1 CI=
    file=$WORK/01-context/coro.c
    who=$BATS_TEST_TMPDIR/who
    mkdir -p "$who"
}

# grade ARGS...: reports go to a folder of their own.
grade() {
    run "$MAKE" -s --no-print-directory grade "$@" </dev/null
    output=$(grep -v '^make' <<<"$output")
    show
}

# handed_in NAME: $WORK is, and a new one begins.
handed_in() {
    mv "$WORK" "$who/$1"
}

# Ada has one right and one wrong, and answered a prediction; Bob has not begun.
ada_and_bob() {
    learner try LAB=1.a A=b
    learner try LAB=1.5
    right coro-exit
    body coro-resume '    co->status = CO_RUNNING;'
    handed_in ada
    learner try LAB=1.5
    handed_in bob
}

@test "grade: a table, JSON and JUnit say the same: passed, failed, answered, not done" {
    ada_and_bob
    before=$(cd "$who" && find . -type f -exec sha256sum {} + | sort)
    grade WHO="$who"
    [ "$status" -eq 0 ]
    all=$(awk -f labs/tools/exercises.awk labs/*/lab.md | wc -l)
    ones=$(awk -f labs/tools/exercises.awk labs/*/lab.md | grep -c '^1\.')
    [[ "$output" =~ learner\ +part\ 1\ +part\ 2 ]]
    [[ "$output" =~ ada\ +2/$ones\ .*\ 2/$all ]]
    [[ "$output" =~ bob\ +0/$ones\ .*\ 0/$all ]]
    [[ "$output" == *'ada, 1.3 Resume: '* ]]
    json=$BUILD/grade.json xml=$BUILD/grade.xml
    python3 - "$json" "$xml" "$all" <<'PY'
import json, sys, xml.etree.ElementTree as tree
ada, bob = json.load(open(sys.argv[1]))
everything = int(sys.argv[3])
assert (ada["name"], ada["score"], ada["max_score"]) == ("ada", 2, everything)
assert (bob["name"], bob["score"], bob["max_score"]) == ("bob", 0, everything)
is_ = {t["number"]: t for t in ada["tests"]}
assert is_["1.5"]["status"] == "passes" and is_["1.5"]["score"] == 1
assert is_["1.a"]["output"] == "answered b" and is_["1.a"]["score"] == 1
assert is_["1.3"]["status"] == "fails" and is_["1.3"]["output"] and is_["1.3"]["score"] == 0
assert is_["1.1"]["status"] == "not done"
suites = list(tree.parse(sys.argv[2]).getroot())
assert [s.get("name") for s in suites] == ["ada", "bob"]
assert [suites[0].get(k) for k in ("tests", "failures", "errors", "skipped")] == [str(everything), "1", "0", str(everything - 3)]
failed = [c for c in suites[0] if c.find("failure") is not None]
assert len(failed) == 1 and failed[0].get("name").startswith("1.3 ") and failed[0].get("classname") == "01-context"
assert failed[0].find("failure").get("message") == is_["1.3"]["output"]
PY
    # Again, from another place: the same bytes. What was handed in was read only.
    cp "$json" "$xml" "$BATS_TEST_TMPDIR"
    cp -r "$who" "$BATS_TEST_TMPDIR/elsewhere"
    grade WHO="$BATS_TEST_TMPDIR/elsewhere"
    cmp "$json" "$BATS_TEST_TMPDIR/grade.json"
    cmp "$xml" "$BATS_TEST_TMPDIR/grade.xml"
    [ "$(cd "$who" && find . -type f -exec sha256sum {} + | sort)" = "$before" ]
}

@test "grade: what make submit packs, unpacked or not, and one learner alone" {
    learner try LAB=1.5
    right coro-exit
    learner submit BUILD="$BATS_TEST_TMPDIR/build"
    cp "$BATS_TEST_TMPDIR/build/submit.tar" "$who/<eve> & \"co\".tar"
    mkdir "$who/unpacked"
    tar -xf "$BATS_TEST_TMPDIR/build/submit.tar" -C "$who/unpacked"
    handed_in folder
    grade WHO="$who"
    [ "$status" -eq 0 ]
    [ "$(grep -c -E '^  (<eve> & "co"|unpacked|folder) +1/' <<<"$output")" -eq 3 ]
    python3 - "$BUILD/grade.json" "$BUILD/grade.xml" <<'PY'
import json, sys, xml.etree.ElementTree as tree
names = ["<eve> & \"co\"", "folder", "unpacked"]
assert [l["name"] for l in json.load(open(sys.argv[1]))] == names
assert [s.get("name") for s in tree.parse(sys.argv[2]).getroot()] == names
PY
    grade WHO="$who/folder"
    [ "$status" -eq 0 ]
    [[ "$output" =~ folder\ +1/ ]]
}

@test "grade: HIDDEN: a check of the teacher's own fails who has passed the book's" {
    hidden=$BATS_TEST_TMPDIR/hidden
    mkdir "$hidden"
    cat >"$hidden/01-context_coro-exit.c" <<'C'
#include <stdlib.h>
#include "check.h"
static void
question(void)
{
    if (getenv("LENIENT") == NULL)
        fail("The teacher wants more.", "Because.", "it is %d", 1);
}
int
main(void)
{
    ask(question);
    return asked();
}
C
    learner try LAB=1.5
    right coro-exit
    handed_in ada
    grade WHO="$who" HIDDEN="$hidden"
    [ "$status" -eq 0 ]
    [[ "$output" == *'ada, 1.5 The end: The teacher wants more.'* ]]
    [[ "$output" =~ ada\ +0/ ]]
    LENIENT=1 grade WHO="$who" HIDDEN="$hidden"
    [[ "$output" =~ ada\ +1/ ]]
    # It is the same for a check that the explorer plays.
    sed -E 's|coro-exit|lock-slow|g' tests/02-stack_explore-lock-slow.c >"$hidden/02-stack_explore-lock-slow.c"
    learner try LAB=lock-slow
    file=$WORK/02-stack/lock.c
    body lock-slow "$(sed -n '/\[lab lock-slow\]/,/\[lab lock-slow\]/p' lib/02-stack/lock.c | sed '1d;$d')"
    handed_in bob
    LENIENT=1 grade WHO="$who" HIDDEN="$hidden"
    [ "$status" -eq 0 ]
    [[ "$output" =~ bob\ +0/[0-9]+\ +1/ ]]
    # One that does not compile is the teacher's affair.
    echo 'int main(void) { return nothing; }' >"$hidden/01-context_coro-exit.c"
    grade WHO="$who" HIDDEN="$hidden"
    [ "$status" -eq 2 ]
    [[ "$output" == *'HIDDEN: 01-context_coro-exit.c cannot be built'* ]]
}

@test "grade: what cannot be read is named, and the others are graded" {
    learner try LAB=1.5
    right coro-exit
    handed_in ada
    echo 'no archive' >"$who/bad.tar"
    mkdir "$who/empty"
    ln -s /etc "$who/links"
    mkdir -p "$who/large/01-context"
    truncate -s 30M "$who/large/01-context/coro.c"
    mkdir -p "$who/marks/01-context"
    grep -v '// \[lab coro-exit\]' "$who/ada/01-context/coro.c" >"$who/marks/01-context/coro.c"
    grade WHO="$who"
    [ "$status" -ne 0 ]
    [[ "$output" =~ ada\ +1/ ]]
    [[ "$output" =~ bad\ +cannot\ be\ read:\ it\ is\ no\ tar\ file ]]
    [[ "$output" =~ empty\ +cannot\ be\ read:\ there\ is\ no\ work\ in\ it ]]
    [[ "$output" =~ links\ +cannot\ be\ read:\ there\ is\ no\ work\ in\ it ]]
    [[ "$output" =~ large\ +cannot\ be\ read:\ it\ has\ 30\ MiB ]]
    [[ "$output" == *'marks, 1.5 The end: could not be checked: work/01-context/coro.c: the two lines // [lab coro-exit] are not both there.'* ]]
    python3 -c 'import json, sys, xml.etree.ElementTree as t; json.load(open(sys.argv[1])); t.parse(sys.argv[2])' "$BUILD/grade.json" "$BUILD/grade.xml"
}

@test "grade: nobody, nothing and unknown checks are refused" {
    while IFS='|' read -r arguments words; do
        # shellcheck disable=SC2086  # words
        grade $arguments
        [ "$status" -eq 2 ]
        [[ "$output" == *"$words"* ]]
    done <<END
 |Whose work?
WHO=$who/none|there is no such folder.
WHO=$who|nobody's work is in it.
WHO=$who HIDDEN=$who/none|HIDDEN=$who/none: there is no such folder.
WHO=$who HIDDEN=$who|there is no check in it
END
    touch "$who/01-context_coro-exot.c"
    grade WHO="$who" HIDDEN="$who"
    [ "$status" -eq 2 ]
    [[ "$output" == *'01-context_coro-exot.c is no check of an exercise. Nearest: 01-context_coro-exit.c'* ]]
}
