#!/usr/bin/env bats
# How a build is composed and compiled: lib/tools/compose, the Makefile's
# choices, and what they say when something does not fit.

load tools/test

# Each test has a little library of its own, and works in a folder of its own.
setup() {
    tree=$BATS_TEST_TMPDIR/tree
    mkdir -p "$tree/lib/01-a/x86_64" "$tree/lib/02-b" "$tree/work/01-a/x86_64" "$tree/work/02-b"
    repo=$PWD
    cat >"$tree/lib/01-a/one.c" <<'C'
int one(void);

int
one(void)
{
    // [lab one]
    return 1;
    // [lab one]
}

int two(void);

int
two(void)
{
    // [lab two]
    return 2;
    // [lab two]
}
C
    cd "$tree" || exit 1
}

compose() { run "$repo/lib/tools/compose" "$tree/out" "$@"; }

starter() { "$repo/lib/tools/starter" "$@"; }

# value FUNCTION: compile what was composed, and call it.
value() {
    cat >"$tree/main.c" <<C
#include <stdio.h>
int $1(void);
int main(void) { printf("%d\n", $1()); return 0; }
C
    gcc -Wall -Wextra -Werror -I"$tree/out" "$tree/main.c" "$tree"/out/*.[cS] -o "$tree/main" && "$tree/main"
}

@test "compose: a later folder's file stands in for an earlier one's" {
    echo 'int one(void); int one(void) { return 11; }' >lib/02-b/one.c
    compose lib=lib/01-a lib=lib/02-b
    [ "$status" -eq 0 ]
    [ "$(value one)" = 11 ]
}

@test "compose: a machine's file stands beside the others" {
    echo 'int three(void); int three(void) { return 3; }' >lib/01-a/x86_64/three.c
    compose lib=lib/01-a lib=lib/01-a/x86_64
    [ "$(value three)" = 3 ]
}

@test "compose: the learner's file stands over ours, a later part's over the learner's" {
    sed 's/return 1/return 100/' lib/01-a/one.c >work/01-a/one.c
    compose lib=lib/01-a mine=work/01-a
    [ "$(value one)" = 100 ]
    sed 's/return 1/return 200/' lib/01-a/one.c >lib/02-b/one.c
    compose lib=lib/01-a mine=work/01-a lib=lib/02-b
    [ "$(value one)" = 200 ]
    grep -q '#line 1 "lib/02-b/one.c"' out/one.c
}

@test "compose: a file that was deleted is gone from the build" {
    echo 'int x;' >lib/01-a/gone.c
    compose lib=lib/01-a
    [ -e out/gone.c ]
    rm lib/01-a/gone.c
    compose lib=lib/01-a
    [ "$status" -eq 0 ]
    [ ! -e out/gone.c ] && [ -e out/one.c ]
}

@test "compose: a header of a later folder is the one that an earlier file includes" {
    echo '#define N 1' >lib/01-a/n.h
    printf '#include "n.h"\nint n(void); int n(void) { return N; }\n' >lib/01-a/n.c
    compose lib=lib/01-a
    [ "$(value n)" = 1 ]
    echo '#define N 2' >lib/02-b/n.h
    compose lib=lib/01-a lib=lib/02-b
    [ "$(value n)" = 2 ]
}

@test "compose: a file is not touched if it does not change" {
    compose lib=lib/01-a
    touch -d '2001-01-01' out/one.c
    compose lib=lib/01-a
    [ "$(date -r out/one.c +%Y)" = 2001 ]
    sed -i 's/return 2/return 3/' lib/01-a/one.c
    compose lib=lib/01-a
    [ "$(date -r out/one.c +%Y)" != 2001 ]
}

@test "compose: a misnamed file in work/ is an error that offers the nearest name" {
    echo 'int x;' >work/01-a/onee.c
    compose lib=lib/01-a mine=work/01-a
    [ "$status" -eq 2 ]
    [[ "$output" == *'work/01-a/onee.c: replaces nothing'* && "$output" == *'nearest name is one.c'* ]]
}

@test "compose: a lab program in work/ is no part of the library, and no error" {
    mkdir -p solutions/01-a
    echo 'int main(void) { return 0; }' | tee solutions/01-a/prog.c >work/01-a/prog.c
    compose lib=lib/01-a mine=work/01-a
    [ "$status" -eq 0 ]
    [ ! -e out/prog.c ]
}

@test "compose: a missing mark, one too many, and an unknown one are named" {
    grep -v '\[lab two\]' lib/01-a/one.c >work/01-a/one.c
    compose lib=lib/01-a mine=work/01-a
    [ "$status" -eq 2 ]
    [[ "$output" == *'work/01-a/one.c'*'[lab two]'*'stands 0 times'*'make reset'* ]]
    { cat lib/01-a/one.c; echo '// [lab two]'; } >work/01-a/one.c
    compose lib=lib/01-a mine=work/01-a
    [ "$status" -eq 2 ]
    [[ "$output" == *'stands 3 times'* ]]
    { cat lib/01-a/one.c; printf '// [lab odd]\n// [lab odd]\n'; } >work/01-a/one.c
    compose lib=lib/01-a mine=work/01-a
    [ "$status" -eq 2 ]
    [[ "$output" == *'work/01-a/one.c:20: there is no exercise `odd`'* ]]
}

@test "compose: a mark that two of our files use is an error" {
    sed 's/one(void)/uno(void)/; s/two(void)/dos(void)/' lib/01-a/one.c >lib/02-b/other.c
    compose lib=lib/01-a lib=lib/02-b
    [ "$status" -eq 2 ]
    [[ "$output" == *'[lab one] is used in lib/01-a/one.c too'* ]]
}

@test "compose: nothing is written when something does not fit" {
    compose lib=lib/01-a
    sed -i 's/return 2/return 3/' lib/01-a/one.c
    echo 'int x;' >work/01-a/onee.c
    compose lib=lib/01-a mine=work/01-a
    [ "$status" -eq 2 ]
    [ "$(value two)" = 2 ]
}

@test "starter: bodies become one line, everything else stays" {
    starter lib/01-a/one.c >s.c
    [ "$(grep -c 'not written yet' s.c)" -eq 2 ]
    [ "$(grep -c '\[lab' s.c)" -eq 4 ]
    no grep -q 'return' s.c
    [ "$(diff lib/01-a/one.c s.c | grep -c '^[<>]')" -eq 4 ]
}

@test "compose: a body that is not written yet is filled with ours" {
    starter lib/01-a/one.c | sed '0,/not written yet/s//&\n    return 100;/' >work/01-a/one.c
    compose lib=lib/01-a mine=work/01-a
    [ "$status" -eq 0 ]
    [ "$(value one)" = 100 ]
    [ "$(value two)" = 2 ]
}

@test "compose: comments alone do not make a body written" {
    starter lib/01-a/one.c | sed 's/not written yet/I do not know yet/; s/^    \/\/ I do/    \/* hm *\/\n&/' >work/01-a/one.c
    compose lib=lib/01-a mine=work/01-a
    [ "$(value one)" = 1 ]
}

# with_body TEXT: the learner's one.c, with TEXT as the body of [lab one].
with_body() {
    starter lib/01-a/one.c | awk -v text="$1" '/not written yet/ && !n++ { print text; next } { print }' >work/01-a/one.c
    compose lib=lib/01-a mine=work/01-a
    [ "$status" -eq 0 ]
}

@test "compose: a comment of several lines does not make a body written, code beside one does" {
    for text in $'/* I think\n * return 100;\n   is wrong */' $'/* a */ /* b\n\n*/ // c' $'/**/\n/*/ return 100; */'; do
        with_body "$text"
        [ "$(value one)" = 1 ]
    done
    for text in $'/* I think\n */ return 100;' $'/* a */ return /* b\n*/ 100;' $'/* x */\n// y\nreturn 100; /* z\n*/'; do
        with_body "$text"
        [ "$(value one)" = 100 ]
    done
}

@test "compose: lines that end with a return, as another system's editor writes them" {
    starter lib/01-a/one.c | sed '0,/not written yet/s//&\n    return 1 + \\\n        99;/; s/$/\r/' >work/01-a/one.c
    compose lib=lib/01-a mine=work/01-a
    [ "$status" -eq 0 ]
    [ "$(value one)" = 100 ]
    [ "$(value two)" = 2 ]
    no grep -q $'\r' out/one.c
}

@test "compose: only= takes one body of the learner's, ours for the rest" {
    sed 's/return 1/return 100/; s/return 2/return 200/' lib/01-a/one.c >work/01-a/one.c
    compose lib=lib/01-a mine=work/01-a only=one
    [ "$(value one)" = 100 ]
    [ "$(value two)" = 2 ]
}

@test "compose: helpers beside the learner's body are kept" {
    starter lib/01-a/one.c | sed '1s/^/static int helper(void) { return 7; }\n/; 0,/not written yet/s//&\n    return helper();/' >work/01-a/one.c
    compose lib=lib/01-a mine=work/01-a
    [ "$(value one)" = 7 ]
}

@test "compose: an error is reported at the learner's file and line, in C" {
    starter lib/01-a/one.c | sed '0,/not written yet/s//&\n    retrun 100;/' >work/01-a/one.c
    compose lib=lib/01-a mine=work/01-a
    line=$(grep -n retrun work/01-a/one.c | cut -d: -f1)
    run gcc -c out/one.c -o one.o
    [[ "$output" == *"work/01-a/one.c:$line:"*error* ]]
    # Behind a body that was filled in, too.
    starter lib/01-a/one.c | sed '$a int after = "text" - 1.0;' >work/01-a/one.c
    compose lib=lib/01-a mine=work/01-a
    line=$(grep -n 'int after' work/01-a/one.c | cut -d: -f1)
    run gcc -c out/one.c -o one.o
    [[ "$output" == *"work/01-a/one.c:$line:"*error* ]]
}

@test "compose: an error in a body of ours is reported at our file and line" {
    sed -i 's/return 2/retrun 2/' lib/01-a/one.c
    starter lib/01-a/one.c >work/01-a/one.c
    compose lib=lib/01-a mine=work/01-a
    line=$(grep -n retrun lib/01-a/one.c | cut -d: -f1)
    run gcc -c out/one.c -o one.o
    [[ "$output" == *"lib/01-a/one.c:$line:"*error* ]]
}

@test "compose: assembly: marks, filling, and errors at the learner's line" {
    [ "$(uname -m)" = x86_64 ] || return 0
    cat >lib/01-a/x86_64/four.S <<'S'
        .globl four
four:
        // [lab four]
        movl $4, %eax
        ret
        // [lab four]
        .section .note.GNU-stack, "", @progbits
S
    starter lib/01-a/x86_64/four.S >work/01-a/x86_64/four.S
    compose lib=lib/01-a lib=lib/01-a/x86_64 mine=work/01-a mine=work/01-a/x86_64
    [ "$status" -eq 0 ]
    [ "$(value four)" = 4 ]
    sed -i 's/\/\/ not written yet/&\n        movll $44, %eax\n        ret/' work/01-a/x86_64/four.S
    compose lib=lib/01-a lib=lib/01-a/x86_64 mine=work/01-a mine=work/01-a/x86_64
    run gcc -c out/four.S -o four.o
    [[ "$output" == *'work/01-a/x86_64/four.S:5: Error'* ]]
}

@test "compose: a wrong version's body is put over ours, and only that file is written" {
    echo 'int x;' >lib/01-a/other.c
    printf '// MISTAKE x\n\n    // [lab two]\n    return 22;\n    // [lab two]\n' >wrong-two.c
    compose lib=lib/01-a wrong=wrong-two.c
    [ "$status" -eq 0 ]
    [ "$(ls out)" = one.c ]
    [ "$(value two)" = 22 ]
    [ "$(value one)" = 1 ]
    grep -q '#line 4 "wrong-two.c"' out/one.c
}

@test "compose: a wrong version without a mark of ours is an error" {
    printf '    // [lab none]\n    return 22;\n    // [lab none]\n' >wrong-none.c
    compose lib=lib/01-a wrong=wrong-none.c
    [ "$status" -eq 2 ]
    [[ "$output" == *'no file has the mark [lab none]'* ]]
}

@test "compose: a folder that cannot be written: nothing lost, and what to do" {
    mkdir out
    if [ "$(id -u)" = 0 ]; then
        # root may write anywhere but to a file that is in the way
        rmdir out && touch out
    else
        chmod -w out
    fi
    compose lib=lib/01-a
    [ "$status" -eq 2 ]
    [[ "$output" == *'cannot write to'*'BUILD=/tmp/build'* ]]
}

@test "compose: a full disk: said, whole files only, and work/ as it was" {
    sed 's/return 1/return 100/' lib/01-a/one.c >work/01-a/one.c
    cp work/01-a/one.c before.c
    head -c 200000 /dev/zero | tr '\0' ' ' >lib/01-a/big.c
    # With every awk that is here: not all of them tell that they failed.
    for awk in mawk gawk original-awk busybox; do
        command -v $awk >/dev/null || continue
        rm -rf out bin
        mkdir out bin
        ln -s "$(command -v $awk)" bin/awk
        # A file system of 64 KiB where we may mount one; else a limit on files.
        run unshare --user --map-root-user --mount bash -c "
            mount -t tmpfs -o size=64k none '$tree/out' 2>/dev/null || ulimit -f 64
            PATH=$tree/bin:\$PATH '$repo/lib/tools/compose' '$tree/out' lib=lib/01-a mine=work/01-a; status=\$?
            echo left:; ls -A '$tree/out'; exit \$status"
        if [[ "$output" == *'unshare failed'* || "$output" == *'not permitted'* ]]; then
            run bash -c "ulimit -f 64
                PATH=$tree/bin:\$PATH '$repo/lib/tools/compose' '$tree/out' lib=lib/01-a mine=work/01-a"
        fi
        show
        [ "$status" -eq 2 ]
        [[ "$output" == *'Is the disk full?'* ]]
        left=${output##*left:}
        [[ "$left" != *.new* && "$left" != *big.c* ]]
        cmp work/01-a/one.c before.c
    done
}

# ---- The Makefile ----------------------------------------------------------

@test "make: two builds side by side do not disturb each other" {
    cd "$repo"
    run "$MAKE" -s -j2 BUILD="$tree/build" lib &
    "$MAKE" -s -j2 BUILD="$tree/build" CC=clang lib
    wait
    [ -e "$tree/build/$MACHINE/libgoroutine.a" ]
    [ -e "$tree/build/$MACHINE-clang/libgoroutine.a" ]
    run "$MAKE" -q BUILD="$tree/build" lib
    show
    [ "$status" -eq 0 ]
}

@test "make: nothing is compiled anew when nothing changed, all when a flag did" {
    cd "$repo"
    "$MAKE" -s BUILD="$tree/build" lib
    run "$MAKE" BUILD="$tree/build" lib
    show
    [[ "$output" != *compile* ]]
    run "$MAKE" BUILD="$tree/build" CFLAGS=-g1 lib
    [[ "$output" == *'compile'*coro.c* ]]
}

@test "make: the library can be optimised as a whole, at link time" {
    cd "$repo"
    for cc in gcc clang; do
        set -- BUILD="$tree/build" CC=$cc OPT='-O2 -flto'
        program=$("$MAKE" -s "$@" where)/bin/labs/01-context/generator
        "$MAKE" -s "$@" lib "$program"
        diff <("$program") labs/01-context/generator.out
    done
}

# refused TEXT ARGS...: make must stop with status 2 and say TEXT.
refused() {
    local text=$1
    shift
    run "$MAKE" -C "$repo" BUILD="$tree/build" WORK="$tree/mine" "$@"
    show
    [ "$status" -eq 2 ]
    [[ "$output" == *"$text"* ]]
}

@test "make: an unknown CHAPTER, SAN, MACHINE, MINE, HISTORY, PART, ONLY or WRONG: the nearest is offered" {
    refused 'CHAPTER=99: there is no such choice. Nearest: CHAPTER=' CHAPTER=99 lib
    refused 'SAN=adress: there is no such choice. Nearest: SAN=address' SAN=adress lib
    refused 'MACHINE=arm64: there is no such choice. Nearest: MACHINE=aarch64' MACHINE=arm64 lib
    refused 'MINE=01-contxt: there is no such choice. Nearest: MINE=01-context' MINE=01-contxt lib
    refused 'HISTORY=01-context/rett: there is no such choice. Nearest: HISTORY=01-context/ret' HISTORY=01-context/rett lib
    refused 'PART=77: there is no such choice. Nearest: PART=' PART=77 test
    [[ "$output" != *..* ]]
    refused 'ONLY=coro-exot: there is no such choice. Nearest: ONLY=coro-exit' ONLY=coro-exot lib
    refused "WRONG=forgets-a-rgister: there is no such choice. Nearest: WRONG=forgets" WRONG=forgets-a-rgister lib
    [[ "$output" != *..* ]]
}

@test "make: an older design is offered on the machines that have it" {
    [ "$MACHINE" = x86_64 ] || return 0
    refused 'HISTORY=01-context/ret: there is no such choice. Nearest: HISTORY=' MACHINE=aarch64 HISTORY=01-context/ret lib
}

@test "make: CI=false, 0 and no are no CI" {
    cd "$repo"
    for no in false 0 no ''; do
        run env CI=$no "$MAKE" -n BUILD="$tree/build" lib
        [ "$status" -eq 0 ]
        [[ "$output " != *'-Werror '* ]]
    done
    run env CI=true "$MAKE" -n BUILD="$tree/build" lib
    [[ "$output" == *'-Werror '* ]]
}

@test "make: a compiler that is not there is named" {
    refused 'CC=gcc-99: there is no such compiler here. Install it, or leave CC alone' CC=gcc-99 lib
}

@test "make: an unknown LAB or P: the nearest is offered" {
    refused 'LAB=1.99: there is no such exercise. Nearest: LAB=1.' LAB=1.99 try
    refused 'LAB=gobuf-swich: there is no such exercise. Nearest: LAB=gobuf-switch' LAB=gobuf-swich try
    refused 'P=labs/01-context/genrator: there is no such program. Nearest: P=labs/01-context/generator' P=labs/01-context/genrator run
    refused 'Which program?' run
}

@test "make: a build folder that cannot be made: nothing lost, and what to do" {
    touch "$tree/build"
    refused 'BUILD=/tmp/build WORK=/tmp/work' lib
}

@test "make: BUILD and WORK that are empty in the environment are as none" {
    cd "$repo"
    [ "$(BUILD='' "$MAKE" -s CHAPTER= where)" = "build/$MACHINE" ]
    [ "$(BUILD='' "$MAKE" -s BUILD="$tree/other" where)" = "$tree/other/$MACHINE" ]
    [ "$(BUILD="$tree/other" "$MAKE" -s where)" = "$tree/other/$MACHINE" ]
    [ "$(WORK='' "$MAKE" -s -f - shown <<<$'include Makefile\nshown: ; @echo $(WORK)')" = work ]
}

@test "make: a language that is not installed is nobody's problem" {
    cd "$repo"
    run env LC_ALL=xx_XX.UTF-8 "$MAKE" -s board WORK="$tree/mine"
    show
    [ "$status" -eq 0 ]
    [[ "$output" != *setlocale* ]]
}

@test "make: a BUILD, WORK or PREFIX with a space in it is refused, a checkout is not" {
    for name in BUILD WORK PREFIX; do
        refused "$name=$tree/a b: a name with a space in it" lib $name="$tree/a b"
        [ ! -e "$tree/a" ]
        [ ! -e "$tree/a b" ]
    done
    mkdir "$tree/a b"
    cp -r "$repo/Makefile" "$repo/lib" "$repo/labs" "$repo/chapters" "$repo/solutions" "$repo/tests" "$tree/a b/"
    run "$MAKE" -C "$tree/a b" -s BUILD=build WORK=work run P=labs/01-context/same-fringe
    show
    [ "$status" -eq 0 ]
    diff <(echo "$output") "$repo/labs/01-context/same-fringe.out"
}

@test "make: a read-only checkout can be used from another place" {
    cp -r "$repo/Makefile" "$repo/lib" "$repo/labs" "$repo/chapters" "$repo/solutions" "$repo/tests" "$tree/"
    if [ "$(id -u)" != 0 ]; then chmod -R a-w "$tree"/{Makefile,lib,labs}; fi
    run "$MAKE" -C "$tree" -s BUILD="$BATS_TEST_TMPDIR/b" WORK="$BATS_TEST_TMPDIR/w" run P=labs/01-context/same-fringe
    show
    [ "$status" -eq 0 ]
    [ ! -e "$tree/build" ]
    chmod -R u+w "$tree"
}

@test "make: HISTORY builds an older design, and it works" {
    cd "$repo"
    for folder in lib/*/history/*/; do
        # Some are for one machine only.
        [ -n "$(ls "$folder"*.[chS] "$folder$MACHINE"/* 2>/dev/null)" ] || continue
        history=${folder#lib/} history=${history/history\//} history=${history%/}
        run "$MAKE" -s HISTORY="$history" PART="$((10#${history%%-*}))" test
        show
        [ "$status" -eq 0 ]
    done
}

# (Its own part's tests. All of them run on all parts, on every kind of build.)
@test "make: every chapter builds and passes, without the later ones" {
    cd "$repo"
    chapters=$(sed -nE 's/^PARTS := //p' Makefile | tr ' ' '\n' | sed 's/^0*//; s/-.*//; $d')
    [ "$(wc -l <<<"$chapters")" -ge 2 ]
    for chapter in $chapters; do
        run "$MAKE" -s CHAPTER="$chapter" PART="$chapter" test
        show
        [ "$status" -eq 0 ]
    done
}

@test "make: editors are told how each file is compiled, ours and the learner's" {
    cd "$repo"
    "$MAKE" -s WORK="$tree/mine" try LAB=1.5 >/dev/null 2>&1 || true
    "$MAKE" -s WORK="$tree/mine" BUILD="$tree/build" "$tree/build/compile_commands.json"
    commands=$(sed -nE 's/.*"command": "(.*)" \}.*/\1/p' "$tree/build/compile_commands.json")
    [ "$(wc -l <<<"$commands")" -ge 8 ]
    grep -q "$tree/mine/01-context/coro.c" <<<"$commands"
    "$MAKE" -s BUILD="$tree/build" lib
    while IFS= read -r command; do
        run bash -c "$command -o /dev/null"
        show
        [ "$status" -eq 0 ]
    done <<<"$commands"
}

@test "make help is the head of the Makefile; clean leaves work/ alone" {
    cd "$repo"
    run "$MAKE" help
    [ "$status" -eq 0 ]
    [[ "$output" == *'make try'*'CHAPTER=1'* ]]
    mkdir -p "$tree/build" "$tree/mine" && touch "$tree/mine/precious"
    "$MAKE" -s clean BUILD="$tree/build" WORK="$tree/mine"
    [ ! -e "$tree/build" ] && [ -e "$tree/mine/precious" ]
}

@test "the root holds what the README and the Makefile speak of, and no more" {
    cd "$repo"
    # A copy without history has nothing to tell ours from the user's by.
    git rev-parse >/dev/null 2>&1 || return 0
    run bash -c "git ls-files | cut -d/ -f1 | sort -u | grep -v -x -E \
        '\.ci|\.clangd|\.gitignore|LICENSE|Makefile|README\.md|book|chapters|labs|lib|solutions|tests'"
    show
    [ -z "$output" ]
}

# sections WHICH UNTIL: run make test where every section only says its name,
# and WHICH does not end before UNTIL has begun.
sections() {
    local here=$tree/sections
    rm -rf "$here"
    mkdir -p "$here/tests/tools" "$here/labs/tools" "$here/bin"
    cp "$repo/tests/tools/test" "$here/tests/tools"
    cat >"$here/bin/section" <<END
#!/bin/bash
words="\${0##*/} \$*"
echo "\$words" >>"$here/seen"
while [[ "\$words" == $1 ]] && ! grep -q -e '$2' "$here/seen"; do sleep 0.1; done
echo "ok 1 \$words"
END
    chmod +x "$here/bin/section"
    ln -s section "$here/bin/make"
    ln -s section "$here/bin/bats"
    cp "$here/bin/section" "$here/tests/tools/browser"
    printf '#!/bin/sh\n' >"$here/labs/tools/need"
    chmod +x "$here/labs/tools/need"
    cd "$here"
    PATH=$here/bin:$PATH MAKE=make BUILD=build SAN='' TRACE='' FAULTS='' CHAPTER='' MINE='' HISTORY='' PART='' \
        MACHINE=$(uname -m) COMPILER=gcc OPT=-O2 run timeout -k 1 60 tests/tools/test
    echo "$output"
}

@test "make test: each section runs once, and a lane that is done takes what the other has not begun" {
    # The first lane is held up by its first section, then the second by one of its own.
    while IFS='|' read -r which until; do
        sections "$which" "$until"
        [ "$status" -eq 0 ]
        [ "$(sort "$tree/sections/seen" | uniq -d | wc -l)" -eq 0 ]
        [ "${lines[-1]}" = "$(wc -l <"$tree/sections/seen") passed, 0 failed" ]
        [ "$(grep -c -E '^  (first|second) lane +[0-9]+ s$' <<<"$output")" -eq 2 ]
        for each in gate book $(sed -n 's/^either=(\(.*\))/\1/p' "$repo/tests/tools/test"); do
            grep -q -E "^  $each +1 passed" <<<"$output"
        done
    done <<'END'
make\ -s\ parts\ MACHINE=*|parts SAN=thread
make\ -s\ gate|parts FAULTS=1
END
}
