#!/usr/bin/env bats
# The learner's commands around make try: the board's minutes, recall, watch,
# goto, read, blame, update, submit, doctor. Each test has a work/ of its own.

load tools/test
load tools/learner

setup() {
    export WORK=$BATS_TEST_TMPDIR/work NO_COLOR=1 CI=
    file=$WORK/01-context/coro.c
}

teardown() {
    if [ -n "${watcher:-}" ]; then
        kill -TERM -- "-$watcher" 2>/dev/null || true
        wait "$watcher" 2>/dev/null || true
    fi
}

# note FACT: a line of work/.state, as if it had been noted some days ago.
note() {
    mkdir -p "$WORK"
    local key=${1%%=*}
    { grep -v -F -e "$key=" "$WORK/.state" 2>/dev/null || true; echo "$1"; } >"$WORK/.state.edited"
    mv "$WORK/.state.edited" "$WORK/.state"
}

noted() { sed -n "s/^$1=//p" "$WORK/.state"; }

# ---- The board -------------------------------------------------------------

@test "board: minutes spent are counted between commands, and a long pause is not" {
    local now
    now=$(date +%s)
    learner hint LAB=1.4
    note "clock 1.4=600 $((now - 300))"
    learner hint LAB=1.4
    read -r seconds _ <<<"$(noted 'clock 1.4')"
    [ "$seconds" -ge 900 ]
    [ "$seconds" -lt 960 ]
    note "clock 1.4=600 $((now - 7200))"
    learner hint LAB=1.4
    [[ "$(noted 'clock 1.4')" == '600 '* ]]
    learner board
    [[ "$output" == *'1.4  The switch'*'45 min, 10 spent, 3 hints'* ]]
    [[ "$output" == *'0 of '*' done, about 0 of '*' minutes. You have spent 10.'* ]]
}

@test "board: what has passed says how long it took, and the clock stands" {
    learner try LAB=1.5
    right coro-exit
    note "clock 1.5=130 $(date +%s)"
    learner try LAB=1.5
    [[ "$output" == *'1.5  The end: passed. It took you 2 minutes.'* ]]
    note "clock 1.5=130 $(($(date +%s) - 100))"
    learner try LAB=1.5
    [[ "$(noted 'clock 1.5')" == '130 '* ]]
}

@test "board: a clock that makes no sense is begun anew" {
    for clock in 'x y' '' '10' '99999999999999999999 3' '-5 -5'; do
        note "clock 1.1=$clock"
        learner try LAB=1.1
        [[ "$output" == *'not written yet'* ]]
        [[ "$(noted 'clock 1.1')" =~ ^[0-9]+\ [0-9]+$ ]]
        learner board
        [ "$status" -eq 0 ]
    done
}

@test "board: other parts are one line each; ALL=1 shows them whole" {
    learner board ALL=1
    for lab in labs/*/lab.md; do
        [[ "$output" == *"$(sed -n '1s/^# *//p' "$lab")"* ]]
    done
    [[ "$output" == *'->  1.a  What survives?'*'1.6  Merge'* ]]
}

# ---- Recall ----------------------------------------------------------------

@test "recall: nothing is due on the day of the exercise; a day later it is asked" {
    learner try LAB=recall
    [ "$status" -eq 0 ]
    [[ "$output" == *'No question is due. They come the day after an exercise is done.'* ]]
    note "done 1.4=$(date +%F)"
    learner try LAB=recall
    [[ "$output" == *'No question is due. The next one is due tomorrow.'* ]]
    note "done 1.4=$(date -d yesterday +%F)"
    learner board
    [[ "$output" == *'recall    1 question from earlier, a minute each: make try LAB=recall'* ]]
    learner try LAB=recall
    [ "$status" -eq 2 ]
    [[ "$output" == *'1.r1  Do you remember?'*'a) the others'*'make try LAB=1.r1 A=a'* ]]
    [[ "$output" != *Answer* && "$output" != *'At a call, half'* ]]
}

@test "recall: right answers come back after 3 and 7 days, and then no more" {
    note "done 1.4=2020-01-01"
    learner try LAB=recall A=b
    [ "$status" -eq 0 ]
    [[ "$output" == *'Right.'*'At a call, half'*'It is asked again in 3 days.'* ]]
    [ "$(noted 'recall 1.r1')" = "3 $(date -d '+3 days' +%F)" ]
    learner board
    [[ "$output" != *'recall '* ]]
    # Before its day it is practice, and puts nothing off.
    learner try LAB=1.r1 A=b
    [[ "$output" == *'Right.'* && "$output" != *'again'* ]]
    [ "$(noted 'recall 1.r1')" = "3 $(date -d '+3 days' +%F)" ]
    note "recall 1.r1=3 $(date +%F)"
    learner try LAB=recall A=b
    [[ "$output" == *'It is asked again in 7 days.'* ]]
    note "recall 1.r1=7 $(date -d yesterday +%F)"
    learner try LAB=recall A=b
    [[ "$output" == *'It will not be asked again.'* ]]
    note "done 1.4=2020-01-01"
    learner try LAB=recall
    [[ "$output" == *'No question is due.'* ]]
}

@test "recall: a wrong answer comes back tomorrow, and then begins with 3 days" {
    note "done 1.4=2020-01-01"
    note "recall 1.r1=7 2020-02-02"
    learner try LAB=recall A=a
    [ "$status" -eq 0 ]
    [[ "$output" == *'The answer is: b'*'At a call, half'*'It is asked again tomorrow.'* ]]
    note "recall 1.r1=1 $(date +%F)"
    learner try LAB=recall A=b
    [[ "$output" == *'in 3 days.'* ]]
}

@test "recall: a short answer may be written in several ways" {
    note "done 1.1=2020-01-01"
    for answer in down ' DOWN ' 'to  lower addresses'; do
        note "recall 1.r2=1 2020-01-01"
        learner try LAB=recall A="$answer"
        [[ "$output" == *'Right.'* ]]
    done
    note "recall 1.r2=1 2020-01-01"
    learner try LAB=recall A=up
    [[ "$output" == *'The answer is: down'* ]]
}

@test "recall: no such choice, no such question" {
    note "done 1.4=2020-01-01"
    learner try LAB=recall A=z
    [ "$status" -eq 2 ]
    [[ "$output" == *'A=z: no such choice. There are: a b c d'* ]]
    learner try LAB=1.r99 A=a
    [ "$status" -eq 2 ]
    [[ "$output" == *'LAB=1.r99: there is no such question. Nearest: LAB=1.r1'* ]]
}

@test "recall: each question has one answer among its choices, a reason, and an exercise before it" {
    local count=0
    while IFS=$'\t' read -r id exercise path; do
        show_it() { awk -v id="$id" '/^## / { on = ($2 == id); next } on' "$path"; }
        key=$(show_it | sed -n 's/^Answer: //p')
        grep -q "^## $exercise " "$(dirname "$path")/lab.md"
        [ "$(show_it | grep -c '^Answer: ')" -eq 1 ]
        show_it | grep -q '^> '
        if show_it | grep -q '^- \*\*'; then show_it | grep -q -F -e "- **$key** "; fi
        learner try LAB="$id" A="${key%% | *}"
        [[ "$output" == *"$id  Do you remember?"*'Right.'* ]]
        [ "$(awk 'length > 78' <<<"$output" | wc -l)" -eq 0 ]
        count=$((count + 1))
    done < <(awk '/^## [0-9]/ { print $2 "\t" $4 "\t" FILENAME }' labs/*/recall.md)
    [ $count -ge 6 ]
}

# ---- watch -----------------------------------------------------------------

# watching [LAB=...]: make watch, in the background, in a session of its own.
watching() {
    log=$BATS_TEST_TMPDIR/watch.log
    setsid "$MAKE" -s --no-print-directory watch WORK="$WORK" "$@" </dev/null >"$log" 2>&1 3>&- &
    watcher=$!
}

# says TEXT [N]: it has said so N times, sooner or later.
says() {
    local patience=200
    until [ "$(grep -c -F -e "$1" "$log")" -ge "${2:-1}" ]; do
        patience=$((patience - 1))
        if [ $patience -eq 0 ]; then cat "$log"; return 1; fi
        sleep 0.1
    done
}

@test "watch: checks on each save, stays on green, and follows make next" {
    learner try LAB=1.5
    watching LAB=1.5
    says 'not written yet'
    body coro-exit '    (void)co; __builtin_abort();'
    says 'SIGABRT'
    right coro-exit
    says 'Green. make next goes on'
    body coro-exit '    (void)co; __builtin_abort();'
    says 'SIGABRT' 2
    [ "$(grep -c '^---- ' "$log")" -ge 4 ]
}

@test "watch: follows make goto, and goes on when a prediction is answered" {
    learner goto LAB=1.b
    watching
    says '1.b  Who is next?'
    learner try LAB=1.b A=a
    says '1.c  Eight bytes'
    learner goto LAB=1.5
    says '1.5  The end: not written yet.'
    right coro-exit
    says '1.5  The end: passed.'
}

@test "watch: an empty file for a moment, and one renamed into place" {
    learner try LAB=1.5
    watching LAB=1.5
    says 'not written yet'
    right coro-exit
    says 'passed'
    cp "$file" "$BATS_TEST_TMPDIR/saved.c"
    : >"$file"
    sleep 0.4
    cat "$BATS_TEST_TMPDIR/saved.c" >"$file"
    says 'passed' 2
    rm "$file"
    sleep 0.4
    cp "$BATS_TEST_TMPDIR/saved.c" "$WORK/new.c"
    mv "$WORK/new.c" "$file"
    says 'passed' 3
    no grep -e 'empty' -e 'not both there' "$log"
    cmp "$file" "$BATS_TEST_TMPDIR/saved.c"
}

@test "watch: an endless body is ended, and Ctrl-C leaves nothing behind and the terminal as it was" {
    learner try LAB=1.5
    body coro-exit '    (void)co; for (;;) ;'
    cat >"$BATS_TEST_TMPDIR/session" <<TEXT
stty -echo; stty -g >$BATS_TEST_TMPDIR/before
trap : INT
$MAKE -s watch LAB=1.5 WORK=$WORK
echo "ended with \$?"
stty -g >$BATS_TEST_TMPDIR/after
TEXT
    log=$BATS_TEST_TMPDIR/watch.log
    { says 'hangs' >&2; printf '\003'; says 'ended with' >&2; } 2>/dev/null |
        script -qec "exec bash $BATS_TEST_TMPDIR/session" /dev/null >"$log" 2>&1
    cat "$log"
    grep -q 'The program hangs' "$log"
    cmp "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
    no pgrep -f "tests/01-context_coro-exit"
}

# ---- goto ------------------------------------------------------------------

@test "goto: jumps in, lays the file out, and next goes on from there" {
    learner goto LAB=1.3
    [ "$status" -eq 0 ]
    [[ "$output" == *'->  1.3  Resume'*'Next: 1.3'* ]]
    [ -e "$file" ]
    right coro-resume
    learner try
    [[ "$output" == *'1.3  Resume: passed.'*'make next goes on to 1.4'* ]]
    learner goto
    [ "$status" -eq 2 ]
    [[ "$output" == *'Where to? make goto LAB=1.4'* ]]
    learner goto LAB=coro-exti
    [[ "$output" == *'Nearest: LAB=coro-exit, LAB='* ]]
    learner goto LAB=1.3 FROM=boook
    [ "$status" -eq 2 ]
    [[ "$output" == *'FROM=boook: there is no such choice.'* ]]
}

@test "goto FROM=book: earlier bodies become the book's, a copy is kept; FROM=mine changes none" {
    learner try LAB=1.3
    body coro-resume '    (void)co; (void)value; return NULL;'
    body coro-exit '    mine_stays();'
    sed -i '1i // my own line' "$file"
    cp "$file" "$BATS_TEST_TMPDIR/before.c"
    learner goto LAB=1.5
    [ "$status" -eq 0 ]
    cmp "$file" "$BATS_TEST_TMPDIR/before.c"
    learner goto LAB=1.5 FROM=book
    [ "$status" -eq 0 ]
    [[ "$output" == *"book's    the bodies of 1.3"*"kept      $WORK/.kept/01-context/coro.c."*'Next: 1.5'* ]]
    grep -q 'mine_stays' "$file"
    grep -q 'my own line' "$file"
    [ "$(cat "$WORK"/.kept/01-context/coro.c.* | md5sum)" = "$(md5sum <"$BATS_TEST_TMPDIR/before.c")" ]
    learner try LAB=1.3
    [[ "$output" == *'1.3  Resume: passed.'* ]]
    learner goto LAB=1.5 FROM=book
    [[ "$output" == *'nothing had to be changed'* ]]
}

# ---- read ------------------------------------------------------------------

@test "read: says where the book explains the current exercise, and opens it" {
    mkdir "$BATS_TEST_TMPDIR/bin"
    printf '#!/bin/sh\necho "$1" >>"%s/opened"\n' "$BATS_TEST_TMPDIR" >"$BATS_TEST_TMPDIR/bin/xdg-open"
    chmod +x "$BATS_TEST_TMPDIR/bin/xdg-open"
    DISPLAY='' WAYLAND_DISPLAY='' PATH=$BATS_TEST_TMPDIR/bin:$PATH learner read LAB=1.3
    [ "$status" -eq 0 ]
    [[ "$output" == *'1.3  Resume: book 1.6'*'file:///'*'chapter_01_context.html#section_1_6'* ]]
    [ ! -e "$BATS_TEST_TMPDIR/opened" ]
    page=$(sed -n 's|^ *file://\([^#]*\)#.*|\1|p' <<<"$output")
    grep -q 'id="section_1_6"' "$page"
    DISPLAY=:9 PATH=$BATS_TEST_TMPDIR/bin:$PATH learner read LAB=1.3
    [[ "$(cat "$BATS_TEST_TMPDIR/opened")" == "file://$page#section_1_6" ]]
}

# ---- A state that is gone --------------------------------------------------

@test "work/.state removed: rebuilt from the files, and said" {
    learner try LAB=1.5
    right coro-exit
    body coro-resume '    (void)co; (void)value; return NULL;'
    learner try LAB=1.5
    rm "$WORK/.state"
    learner board
    [ "$status" -eq 0 ]
    [[ "$output" == *".state is gone. Your files are there"*'not yet   1.3  Resume'*'passes    1.5  The end'* ]]
    [[ "$output" == *'ok  1.5  The end'* ]]
    learner board
    [[ "$output" != *'is gone'* ]]
}

# ---- blame -----------------------------------------------------------------

@test "blame: the one body that makes tests fail is named, with its line" {
    learner blame
    [ "$status" -eq 2 ]
    [[ "$output" == *'Nothing is written in '* ]]
    learner try LAB=1.5
    right coro-exit
    learner try LAB=1.3
    body coro-resume '    (void)co; return NULL;'
    learner blame
    [ "$status" -eq 2 ]
    [[ "$output" == *'none      passes'*'1.3 '*'alone: fails'*'1.5 '*'alone: passes'* ]]
    line=$(grep -n '\[lab coro-resume\]' "$file" | head -n 1 | cut -d: -f1)
    [[ "$output" == *'WHAT      1.3, Resume: its body makes '*' fail.'*'coro-resume: values'*"LOOK AT   $file:$line"* ]]
    [[ "$output" != *'1.5, The end'* ]]
    right coro-resume
    learner blame
    [ "$status" -eq 0 ]
    [[ "$output" =~ All\ [0-9]+\ pass ]]
}

@test "blame P=: the body that changes what a program does" {
    learner try LAB=1.5
    right coro-resume
    body coro-exit '    for (;;) g_switch(&co->g, co->resumer, "end");'
    learner blame P=labs/01-context/generator
    [ "$status" -eq 2 ]
    [[ "$output" == *'WHAT      1.5, The end: its body makes the program fail.'*'labs/01-context/generator ends with status '* ]]
    right coro-exit
    learner blame P=labs/01-context/generator
    [ "$status" -eq 0 ]
    [[ "$output" == *'It does with your bodies what it does with the book'* ]]
    learner blame P=labs/01-context/generater
    [ "$status" -eq 2 ]
    [[ "$output" == *'Nearest: P=labs/01-context/generator'* ]]
}

@test "blame: two bodies that fail only together, and what stands outside of the bodies" {
    learner try LAB=1.5
    # Two that agree with each other about a flag, the wrong way.
    sed -i 's/^#include "gstatus.h"/&\nstatic int told;/' "$file"
    body coro-resume "    told = 1;
$(sed -n '/\[lab coro-resume\]/,/\[lab coro-resume\]/p' lib/01-context/coro.c | sed '1d;$d')"
    body coro-exit "    if (told) __builtin_trap();
$(sed -n '/\[lab coro-exit\]/,/\[lab coro-exit\]/p' lib/01-context/coro.c | sed '1d;$d')"
    learner blame P=labs/01-context/generator
    [ "$status" -eq 2 ]
    [[ "$output" == *'WHAT      1.3 and 1.5 together: their bodies make the program fail.'* ]]
    sed -i 's/^static int told;/static int told; __attribute__((constructor)) static void bad(void) { __builtin_trap(); }/' "$file"
    learner blame P=labs/01-context/generator
    [ "$status" -eq 2 ]
    [[ "$output" == *'WHAT      Not your bodies: it fails without them.'*"LOOK AT   $file"* ]]
}

@test "blame: a body that the compiler does not take" {
    learner try LAB=1.5
    body coro-exit '    (void)co; nonsense nonsense;'
    right coro-resume
    learner blame
    [ "$status" -eq 2 ]
    [[ "$output" == *'WHAT      1.5, The end: its body makes 1 test fail.'*'it cannot be built'* ]]
}

@test "MINE takes several parts: both stand over ours, and a third does not" {
    learner try LAB=1.5
    for part in 02-stack/stack.c 03-gmp/runq.c; do
        mkdir -p "$WORK/${part%/*}"
        { echo '// MINE'; cat "lib/$part"; } >"$WORK/$part"
    done
    learner where MINE='01-context 02-stack' CHAPTER=3
    [ "$status" -eq 0 ]
    grep -q '^// MINE' "$output/src/stack.c"
    no grep -q '^// MINE' "$output/src/runq.c"
    learner where MINE='01-context 03-gpm'
    [ "$status" -eq 2 ]
    [[ "$output" == *'MINE=03-gpm: there is no such choice. Nearest: MINE=03-gmp'* ]]
}

# ---- update ----------------------------------------------------------------

# edition: a copy of the sources, to be changed. Sets tree.
edition() {
    tree=$BATS_TEST_TMPDIR/tree
    mkdir "$tree"
    cp -r Makefile lib labs solutions tests chapters book "$tree/"
}

updated() {
    cd "$tree"
    learner update BUILD="$tree/build"
}

@test "update: nothing to do is said; an untouched file becomes the new edition's" {
    learner try LAB=1.5
    learner update
    [ "$status" -eq 0 ]
    [[ "$output" == *'your files are of this edition'* ]]
    edition
    sed -i 's/^#include "g.h"/&      \/\/ NEW/; 1i // NEW EDITION' "$tree/lib/01-context/coro.c"
    cd "$tree"
    learner board BUILD="$tree/build"
    [[ "$output" == *'update    this edition changed files that you work on: make update'* ]]
    updated
    [ "$status" -eq 0 ]
    [[ "$output" == *"new       $file: you had not changed it"* ]]
    grep -q 'NEW EDITION' "$file"
    cmp "$file" "$WORK/.base/01-context/coro.c"
    updated
    [[ "$output" == *'your files are of this edition'* ]]
    learner board BUILD="$tree/build"
    [[ "$output" != *'make update'* ]]
}

@test "update: what you wrote and what the edition changed stand together, and a copy is kept" {
    learner try LAB=1.5
    right coro-exit
    cp "$file" "$BATS_TEST_TMPDIR/before.c"
    edition
    sed -i '1i // NEW EDITION' "$tree/lib/01-context/coro.c"
    updated
    [ "$status" -eq 0 ]
    [[ "$output" == *"merged    $file"*"as it was: $WORK/.kept/01-context/coro.c."* ]]
    grep -q 'NEW EDITION' "$file"
    cmp <(grep -v 'NEW EDITION' "$file") "$BATS_TEST_TMPDIR/before.c"
    cmp "$WORK"/.kept/01-context/coro.c.* "$BATS_TEST_TMPDIR/before.c"
    learner try LAB=1.5 BUILD="$tree/build"
    [[ "$output" == *'1.5  The end: passed.'* ]]
}

@test "update: where both changed the same lines both stand, marked, and try says so" {
    learner try LAB=1.5
    right coro-exit
    sed -i '1s/$/ MINE/' "$file"
    edition
    sed -i '1s/$/ THEIRS/' "$tree/lib/01-context/coro.c"
    updated
    [ "$status" -eq 2 ]
    [[ "$output" == *"conflict  $file:1"*'choose there'*'as it was:'* ]]
    grep -q '^<<<<<<< yours$' "$file"
    grep -q ' MINE$' "$file"
    grep -q ' THEIRS$' "$file"
    grep -q '^>>>>>>> the new edition$' "$file"
    learner try LAB=1.5 BUILD="$tree/build"
    [ "$status" -eq 2 ]
    [[ "$output" == *'WHAT      An update and you changed the same lines'*"LOOK AT   $file:1"* ]]
    learner doctor BUILD="$tree/build"
    [ "$status" -eq 2 ]
    [[ "$output" == *"for you: $file:1: choose what make update could not"* ]]
    sed -i -e '/^<<<<<<< /d' -e '/^=======$/,/^>>>>>>> /d' "$file"
    learner try LAB=1.5 BUILD="$tree/build"
    [[ "$output" == *'1.5  The end: passed.'* ]]
}

@test "update: a file that the edition does not have any more is put away, not lost" {
    learner try LAB=1.6
    file=$WORK/01-context/merge.c
    body merge '    (void)from;'
    cp "$file" "$BATS_TEST_TMPDIR/before.c"
    edition
    rm "$tree/solutions/01-context/merge.c"
    sed -i '/^## 1.6 /,$d' "$tree/labs/01-context/lab.md"
    updated
    [ "$status" -eq 0 ]
    [[ "$output" == *'put away'*"this edition has no such file"* ]]
    [ ! -e "$file" ]
    cmp "$WORK"/.kept/01-context/merge.c.* "$BATS_TEST_TMPDIR/before.c"
}

@test "update: a disk that is full loses nothing" {
    learner try LAB=1.5
    right coro-exit
    cp "$file" "$BATS_TEST_TMPDIR/before.c"
    edition
    sed -i '1i // NEW EDITION' "$tree/lib/01-context/coro.c"
    cd "$tree"
    run bash -c "'$MAKE' -s where BUILD='$tree/build' WORK='$WORK' && ulimit -f 1 && '$MAKE' -s update BUILD='$tree/build' WORK='$WORK'"
    show
    [ "$status" -ne 0 ]
    cmp "$file" "$BATS_TEST_TMPDIR/before.c"
    updated
    [ "$status" -eq 0 ]
    grep -q 'NEW EDITION' "$file"
}

# ---- doctor ----------------------------------------------------------------

@test "doctor: all is well, and the versions are told" {
    learner try LAB=1.5
    learner doctor
    [ "$status" -eq 0 ]
    [[ "$output" == *'compiler  '*'make      GNU Make'*'shell     bash'*'All is well.'* ]]
}

@test "doctor: mends the state, a missing base and half-written files; nothing is lost" {
    learner try LAB=1.5
    right coro-exit
    learner try LAB=1.5
    printf '%s\n' 'done 99.9=2020-01-01' 'rubbish' 'clock 1.3=soon' 'current=77.7' 'hints 1.1=many' 'recall 1.r1=3 tomorrow' >>"$WORK/.state"
    rm -rf "$WORK/.base"
    touch "$WORK/01-context/coro.c.new"
    learner doctor
    [ "$status" -eq 0 ]
    [[ "$output" == *"a half-written $WORK/01-context/coro.c.new is removed"* ]]
    [[ "$output" == *'6 lines that mean nothing in this edition are removed; kept:'* ]]
    [[ "$output" == *'.base/01-context/coro.c was gone, which make update needs'*'All is well.'* ]]
    [ "$(noted 'done 1.5')" = "$(date +%F)" ]
    no grep -qF -e rubbish -e 99.9 -e soon -e 77.7 -e many -e tomorrow "$WORK/.state"
    grep -q rubbish "$WORK"/.kept/.state.*
    cmp <(lib/tools/starter lib/01-context/coro.c labs/01-context) "$WORK/.base/01-context/coro.c"
    learner doctor
    [[ "$output" != *mended* ]]
}

@test "doctor: what only you can mend is told, with the command" {
    learner try LAB=1.5
    sed -i '0,/\[lab coro-exit\]/{/\[lab coro-exit\]/d}' "$file"
    touch "$WORK/01-context/coroutine.c"
    learner doctor
    [ "$status" -eq 2 ]
    [[ "$output" == *'// [lab coro-exit] are not both there: make reset LAB=coro-exit'* ]]
    [[ "$output" == *'coroutine.c replaces nothing of ours'*'2 things left for you.'* ]]
    : >"$file"
    learner doctor
    [[ "$output" == *"$file is empty: make reset LAB=1."* ]]
}

@test "doctor: what was done in a file that is gone begins again" {
    learner try LAB=1.5
    right coro-exit
    learner try LAB=1.5
    rm "$file"
    learner doctor
    [[ "$output" == *'was noted as done, and '*' is gone: it begins again'* ]]
    learner board
    [[ "$output" != *'ok  1.5'* ]]
}

# ---- submit ----------------------------------------------------------------

@test "submit: the same work gives the same bytes; other work gives others" {
    learner try LAB=1.5
    right coro-exit
    learner try LAB=1.5
    learner try LAB=1.b A=c
    learner hint LAB=1.3
    build=(BUILD="$BATS_TEST_TMPDIR/build")
    learner submit "${build[@]}"
    [ "$status" -eq 0 ]
    [[ "$output" == *'1.5   The end'*'passes'*'Packed: '*'/submit.tar'* ]]
    cp "$BATS_TEST_TMPDIR/build/submit.tar" "$BATS_TEST_TMPDIR/first.tar"
    touch "$file" "$WORK/01-context/coro.c~"
    note "clock 1.3=900 $(date +%s)"
    learner submit "${build[@]}"
    cmp "$BATS_TEST_TMPDIR/build/submit.tar" "$BATS_TEST_TMPDIR/first.tar"
    mkdir "$BATS_TEST_TMPDIR/open"
    tar -C "$BATS_TEST_TMPDIR/open" -xf "$BATS_TEST_TMPDIR/first.tar"
    cmp "$BATS_TEST_TMPDIR/open/submit/work/01-context/coro.c" "$file"
    [ -z "$(find "$BATS_TEST_TMPDIR/open" -name '*~' -o -path '*/.base*' -o -name '*.kept')" ]
    grep -x '1.b   Who is next? .* answered c' "$BATS_TEST_TMPDIR/open/submit/report.txt"
    grep -x '1.3   Resume .* not done, 1 hint' "$BATS_TEST_TMPDIR/open/submit/report.txt"
    body coro-exit '    (void)co; __builtin_abort();'
    learner submit "${build[@]}"
    no cmp -s "$BATS_TEST_TMPDIR/build/submit.tar" "$BATS_TEST_TMPDIR/first.tar"
    [[ "$output" == *'1.5   The end'*'fails: The program crashed while'* ]]
}

@test "submit: nothing yet, or far too much" {
    learner submit
    [ "$status" -eq 2 ]
    [[ "$output" == *"There is nothing in $WORK yet."* ]]
    learner try LAB=1.5
    head -c 30000000 /dev/urandom >"$WORK/film"
    learner submit
    [ "$status" -eq 2 ]
    [[ "$output" == *'a submission has at most 20. What else lies there?'* ]]
}

# ---- Programs that would do harm -------------------------------------------

@test "cap: a fork bomb is ended and named, and nothing is left" {
    learner try LAB=1.6
    file=$WORK/01-context/merge.c
    body merge '    (void)from; for (;;) fork();'
    sed -i '1i #include <unistd.h>' "$file"
    learner try LAB=1.6
    [ "$status" -eq 2 ]
    if [ "$(id -u)" = 0 ]; then
        [[ "$output" == *'WHAT      The program makes more and more processes.'*'ended at more than 500'* ]]
    else
        [[ "$output" == *'WHAT      The program does not end.'* ]]
    fi
    file=$WORK/01-context/coro.c
    learner try LAB=1.5
    body coro-exit '    (void)co; for (;;) fork();'
    sed -i '1i #include <unistd.h>' "$file"
    learner try LAB=1.5
    [ "$status" -eq 2 ]
    [[ "$output" == *'WHAT      The program '* ]]
    gone -e bin/work/01-context/merge -e 01-context_coro-exit
}

# gone PATTERNS: no process of that name is there any more, soon.
gone() {
    local patience=50
    while cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n' | grep -q "$@"; do
        patience=$((patience - 1))
        [ $patience -gt 0 ] || return 1
        sleep 0.1
    done
}

@test "cap: a program that sleeps, one that eats memory, and a child that is left behind" {
    learner try LAB=1.6
    file=$WORK/01-context/merge.c
    body merge '    (void)from; sleep(1000);'
    sed -i '1i #include <unistd.h>\n#include <stdlib.h>' "$file"
    learner try LAB=1.6
    [[ "$output" == *'WHAT      The program does not end.'*'stopped after 2 seconds'* ]]
    body merge '    (void)from; for (;;) *(volatile char *)malloc(1 << 26) = 1;'
    learner try LAB=1.6
    [[ "$output" == *'WHAT      The program crashed (SIGSEGV).'* ]]
    body merge '    (void)from; if (fork() == 0) sleep(1000);'
    learner try LAB=1.6
    [ "$status" -eq 2 ]
    gone bin/work/01-context/merge
}

@test "cap: a hundred processes are nobody's bomb" {
    labs/tools/cap 3 sh -c 'i=0; while [ $i -lt 100 ]; do sleep 0.5 & i=$((i + 1)); done; wait' 3>&-
    run labs/tools/cap 1 sleep 5
    [ "$status" -eq 124 ]
    run labs/tools/cap 5 sh -c 'exit 7'
    [ "$status" -eq 7 ]
}
