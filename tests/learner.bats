#!/usr/bin/env bats
# What a learner types, and what comes back. Each test has a work/ of its own.

load tools/test

setup() {
    export WORK=$BATS_TEST_TMPDIR/work NO_COLOR=1 CI=
    file=$WORK/01-context/coro.c
}

learner() {
    # shellcheck disable=SC2068  # words
    run "$MAKE" -s --no-print-directory "$@" WORK="$WORK" </dev/null
    # make's last words say only that the command failed.
    output=$(grep -v '^make' <<<"$output")
    show
}

# body MARK TEXT: write TEXT as the learner's body, in the starter's place.
body() {
    awk -v name="$1" -v text="$2" -f lib/tools/marks.awk -f /dev/fd/3 "$file" 3<<'AWK' >"$file.edited"
mark_of($0) == name { inside = !inside; print; if (inside) print text; next }
!inside
AWK
    mv "$file.edited" "$file"
}

# golden: the message must be this text; addresses and the folder may differ,
# and N is the line of the first mark.
golden() {
    local line
    line=$(grep -n '// \[lab coro-exit\]' "$file" | head -n 1 | cut -d: -f1)
    diff <(cat) <(sed -E "s|$WORK|work|g; s/0x[0-9a-f]+/0x.../g; s/ +$//; s/:$line   book/:N   book/" <<<"$output" | sed '/./,$!d')
}

@test "board: lists the exercises, lays out the first file, says what is next" {
    learner board
    [ "$status" -eq 0 ]
    [[ "$output" == *'1 The context switch: labs'* ]]
    [[ "$output" == *'->  1.a  What survives?'* ]]
    [[ "$output" == *'0 of 10 done'* ]]
    [[ "$output" == *'Next: 1.a'* ]]
}

@test "try: an untouched starter is not written yet, and says where to write" {
    learner try LAB=1.1
    [ "$status" -eq 2 ]
    [[ "$output" == *'1.1  Where a stack begins: not written yet.'* ]]
    [[ "$output" == *"$WORK/01-context/$MACHINE/gobuf.c:"* ]]
    [ -e "$WORK/01-context/$MACHINE/gobuf.c" ]
    cmp "$WORK/01-context/$MACHINE/gobuf.c" "$WORK/.base/01-context/$MACHINE/gobuf.c"
}

@test "try: right code passes, is noted on the board, and next goes on" {
    learner try LAB=1.5
    body coro-exit "$(sed -n '/\[lab coro-exit\]/,/\[lab coro-exit\]/p' lib/01-context/coro.c | sed '1d;$d')"
    learner try LAB=1.5
    [ "$status" -eq 0 ]
    [[ "$output" == *'1.5  The end: passed.'* ]]
    learner board
    [[ "$output" == *'ok  1.5  The end'* && "$output" == *'1 of 10 done'* ]]
    learner diff LAB=1.5
    [[ "$output" == *'to the letter'* ]]
}

@test "try: LAB takes the name of the body, too" {
    learner try LAB=coro-exit
    [[ "$output" == *'1.5  The end: not written yet.'* ]]
}

@test "try: a wrong answer gets the five fields" {
    learner try LAB=1.5
    body coro-exit '    g_set_status(&co->g, G_RUNNING, G_DEAD);
    hooks_end(&co->g.hooks);
    race_release(co);
    g_switch(&co->g, &co->g.m->g0, NULL);'
    learner try LAB=1.5
    [ "$status" -eq 2 ]
    golden <<'TEXT'
  WHAT      A coroutine that ended did not go back to its resumer.
  EVIDENCE  the outer coroutine never went on
  WHY       The resumer was a coroutine itself. Only that one knows what comes
            next; the thread's own stack does not.
  LOOK AT   work/01-context/coro.c:N   book 1.6
  TRY       make hint LAB=1.5
TEXT
}

@test "try: a crash is another message, and says what was going on" {
    learner try LAB=1.5
    body coro-exit '    g_set_status(&co->g, G_RUNNING, G_DEAD);
    *(volatile int *)8 = 1;'
    learner try LAB=1.5
    [ "$status" -eq 2 ]
    output=$(sed -E 's/sp [0-9a-fx.]+, address 0x8/sp ..., address 0x8/' <<<"$output")
    golden <<'TEXT'
  WHAT      The program crashed while letting a coroutine return from its
            function.
  EVIDENCE  SIGSEGV, a bad address, while letting a coroutine return from its
            function
            pc 0x..., sp ..., address 0x...
  WHY       What it means is not known. pc is the instruction, sp the stack:
            does either of them look wrong?
  LOOK AT   work/01-context/coro.c:N   book 1.6
  TRY       make hint LAB=1.5
TEXT
}

@test "try: a hang is another message" {
    learner try LAB=1.5
    body coro-exit '    for (;;)
        ;'
    learner try LAB=1.5
    [ "$status" -eq 2 ]
    golden <<'TEXT'
  WHAT      The program hangs while letting a coroutine return from its
            function.
  EVIDENCE  It was given all its time, and did not come back.
  WHY       Either it waits for something that nobody will do, or a loop has
            no end.
  LOOK AT   work/01-context/coro.c:N   book 1.6
  TRY       make hint LAB=1.5
TEXT
}

@test "try: a program that ends in the middle is another message" {
    learner try LAB=1.5
    body coro-exit '    fatal("I give up");'
    learner try LAB=1.5
    [ "$status" -eq 2 ]
    golden <<'TEXT'
  WHAT      The program ended while letting a coroutine return from its
            function.
  EVIDENCE  exit status 2; it said:
            fatal error: I give up
  WHY       A fatal error, or somebody called exit.
  LOOK AT   work/01-context/coro.c:N   book 1.6
  TRY       make hint LAB=1.5
TEXT
}

@test "try: what the compiler does not take is shown in the learner's file" {
    learner try LAB=1.5
    body coro-exit '    g_set_status(&co->g, G_RUNNING, G_DEAD)
    hooks_end(&co->g.hooks);'
    learner try LAB=1.5
    [ "$status" -eq 2 ]
    [[ "$output" == *'WHAT      The compiler does not take it.'* ]]
    line=$(grep -n 'g_set_status(&co->g, G_RUNNING, G_DEAD)$' "$file" | cut -d: -f1)
    [[ "$output" == *"LOOK AT   $file:$line   book 1.6"* ]]
    [[ "$output" != *'build/'* ]]
}

@test "try: an empty output, a wrong line, a missing one and an endless program differ" {
    file=$WORK/01-context/merge.c
    learner try LAB=1.6
    [[ "$output" == *'1.6  Merge: not written yet.'* ]]
    body merge '    (void)from;'
    sed -i 's/printf("end %d\\n", i + 1);//' "$file"
    learner try LAB=1.6
    [[ "$output" == *'WHAT      The program prints nothing.'* ]]
    learner reset LAB=1.6
    rm "$file"
    learner try LAB=1.6
    body merge '    (void)from; for (;;) ;'
    CHECK_SECONDS=1 learner try LAB=1.6
    [[ "$output" == *'WHAT      The program does not end.'* ]]
    body merge '    (void)from;'
    learner try LAB=1.6
    [[ "$output" == *'WHAT      Some lines are missing.'* ]]
    body merge '    int n = 99; (void)from; go_coro_yield(&n);'
    learner try LAB=1.6
    [[ "$output" == *'WHAT      A line is wrong.'* ]]
}

@test "try: a gigabyte of output, and a child left behind, do no harm" {
    file=$WORK/01-context/merge.c
    learner try LAB=1.6
    body merge '    (void)from; if (fork() == 0) { for (;;) pause(); } for (;;) puts("again and again and again");'
    sed -i '1i #include <unistd.h>' "$file"
    learner try LAB=1.6
    [ "$status" -eq 2 ]
    [[ "$output" == *'WHAT      The program does not stop printing.'* ]]
    sleep 0.2
    no grep -l -s bin/work/01-context/merge /proc/[0-9]*/cmdline
}

@test "try: broken marks are named, nothing is lost, and reset puts them right" {
    learner try LAB=1.5
    sed -i '0,/\[lab coro-exit\]/{/\[lab coro-exit\]/d}' "$file"
    cp "$file" "$BATS_TEST_TMPDIR/before.c"
    learner try LAB=1.5
    [ "$status" -eq 2 ]
    [[ "$output" == *'are not both there'*'make reset LAB=1.5'* ]]
    cmp "$file" "$BATS_TEST_TMPDIR/before.c"
    # Another exercise in the same file says so, too.
    learner try LAB=1.3
    [ "$status" -eq 2 ]
    learner reset LAB=1.5
    [ "$status" -eq 0 ]
    [ "$(cat "$WORK"/.kept/01-context/coro.c.* | md5sum)" = "$(md5sum <"$BATS_TEST_TMPDIR/before.c")" ]
    learner try LAB=1.5
    [[ "$output" == *'not written yet'* ]]
}

@test "try: a file of the learner's that replaces nothing is an error" {
    learner try LAB=1.5
    body coro-exit '    fatal("x");'
    touch "$WORK/01-context/coroutine.c"
    learner try LAB=1.5
    [ "$status" -eq 2 ]
    [[ "$output" == *'coroutine.c: replaces nothing'*'nearest name'* ]]
}

@test "try: exercises are independent of each other" {
    learner try LAB=1.5
    body coro-exit '    for (;;)
        ;'
    body coro-resume "$(sed -n '/\[lab coro-resume\]/,/\[lab coro-resume\]/p' lib/01-context/coro.c | sed '1d;$d')"
    learner try LAB=1.3
    [ "$status" -eq 0 ]
    [[ "$output" == *'1.3  Resume: passed.'* ]]
}

@test "hint: three levels, counted, and then the way to the answer" {
    for level in 1 2 3; do
        learner hint LAB=1.4
        [ "$status" -eq 0 ]
        [[ "$output" == *"hint $level of 3"* ]]
    done
    learner hint LAB=1.4
    [[ "$output" == *'make diff LAB=1.4 PEEK=1'* ]]
    learner board
    [[ "$output" == *'1.4  The switch'*'3 hints'* ]]
}

@test "diff: not before it passes, unless one peeks" {
    learner try LAB=1.5
    learner diff LAB=1.5
    [ "$status" -eq 2 ]
    [[ "$output" == *'PEEK=1'* ]]
    learner diff LAB=1.5 PEEK=1
    [ "$status" -eq 0 ]
    [[ "$output" == *'+    g_switch(&co->g, resumer, NULL);'* ]]
    # Only this body: not the one of another exercise.
    [[ "$output" != *'go_coro_resume'* ]]
}

@test "reset: only this body begins again, a copy is kept" {
    learner try LAB=1.5
    body coro-exit '    mine();'
    body coro-resume '    keep_this();'
    sed -i '1i // my own line' "$file"
    learner reset LAB=1.5
    [ "$status" -eq 0 ]
    grep -q 'keep_this' "$file"
    grep -q 'my own line' "$file"
    no grep -q 'mine()' "$file"
    grep -q 'mine()' "$WORK"/.kept/01-context/coro.c.*
}

@test "next: goes on, and past what is not done" {
    learner next
    [[ "$output" == *'Next: 1.a'* ]]
    learner next
    [[ "$output" == *'Next: 1.b'* ]]
    learner try LAB=1.b A=a
    learner next
    [[ "$output" == *'Next: 1.a'* || "$output" == *'Next: 1.c'* ]]
}

@test "predict: asks, takes an answer, runs the program, and says which was right" {
    learner try LAB=1.b
    [ "$status" -eq 2 ]
    [[ "$output" == *'make try LAB=1.b A=a'* ]]
    learner try LAB=1.b A=c
    [ "$status" -eq 0 ]
    [[ "$output" == *'a1b.c2d.'*'You said c, and it is a.'* ]]
    learner try LAB=1.b A=a
    [[ "$output" == *'1.b  Who is next?: right.'* ]]
    learner try LAB=1.b A=x
    [ "$status" -eq 2 ]
    [[ "$output" == *'no such choice'* ]]
}

@test "run: a program, with arguments, and with the learner's parts" {
    learner run P=labs/01-context/generator
    [ "$status" -eq 0 ]
    diff <(echo "$output") labs/01-context/generator.out
    learner run P=labs/01-context/generator MINE=all
    [ "$status" -eq 0 ]
    learner run P=labs/01-context/generator.c
    [ "$status" -eq 0 ]
}

@test "run: the learner's own program" {
    learner try LAB=1.6
    learner run P="$WORK/01-context/merge"
    [ "$status" -eq 0 ]
    [[ "$output" == *'end 3'* ]]
}

@test "test MINE=all: the whole suite of the part on the learner's code" {
    learner try LAB=1.5
    body coro-exit '    fatal("nobody ends here");'
    learner test MINE=all
    [ "$status" -ne 0 ]
    [[ "$output" == *'not ok'*'coro-exit'* ]]
    [[ "$output" =~ [0-9]+\ passed,\ [0-9]+\ failed ]]
}

@test "work/: a folder that cannot be written, or a full disk: nothing lost" {
    touch "$BATS_TEST_TMPDIR/in-the-way"
    WORK=$BATS_TEST_TMPDIR/in-the-way
    learner try LAB=1.1
    [ "$status" -eq 2 ]
    [[ "$output" == *'Cannot write'*'Nothing was lost'* ]]
    WORK=$BATS_TEST_TMPDIR/small
    learner try LAB=1.5
    cp "$WORK/01-context/coro.c" "$BATS_TEST_TMPDIR/before.c"
    run bash -c "ulimit -f 1; '$MAKE' -s reset LAB=1.5 WORK='$WORK' BUILD='$BUILD'"
    show
    [ "$status" -ne 0 ]
    cmp "$WORK/01-context/coro.c" "$BATS_TEST_TMPDIR/before.c"
}

@test "work/ removed altogether: laid out again" {
    learner try LAB=1.1
    rm -rf "$WORK"
    learner board
    [ "$status" -eq 0 ]
    learner try LAB=1.1
    [[ "$output" == *'not written yet'* ]]
}

@test "colour: none through a pipe; messages are plain text" {
    unset NO_COLOR
    learner board
    [[ "$output" != *$'\033'* ]]
}

@test "need: names the packages, what they are for, and the line to type" {
    mkdir "$BATS_TEST_TMPDIR/bin"
    for tool in bash grep dirname; do ln -s "$(command -v $tool)" "$BATS_TEST_TMPDIR/bin/"; done
    printf '#!/bin/sh\nexit 1\n' >"$BATS_TEST_TMPDIR/bin/apt-get"
    printf '#!/bin/sh\necho 1000\n' >"$BATS_TEST_TMPDIR/bin/id"
    chmod +x "$BATS_TEST_TMPDIR"/bin/{apt-get,id}
    PATH=$BATS_TEST_TMPDIR/bin run labs/tools/need book test
    show
    [ "$status" -eq 2 ]
    [[ "$output" == *'doxygen'*'makes the book'* ]]
    [[ "$output" == *"su -c 'apt-get update && apt-get install"* ]]
    rm "$BATS_TEST_TMPDIR/bin/apt-get"
    PATH=$BATS_TEST_TMPDIR/bin run labs/tools/need book
    [ "$status" -eq 2 ]
    [[ "$output" == *'There is no apt-get here'* ]]
}

@test "need: as root it installs; a failure is told, with the last words" {
    mkdir "$BATS_TEST_TMPDIR/bin"
    for tool in bash grep dirname mktemp rm tail cat; do ln -s "$(command -v $tool)" "$BATS_TEST_TMPDIR/bin/"; done
    printf '#!/bin/sh\necho 0\n' >"$BATS_TEST_TMPDIR/bin/id"
    printf '#!/bin/bash\necho "$@" >>"%s/asked"\nexit 0\n' "$BATS_TEST_TMPDIR" >"$BATS_TEST_TMPDIR/bin/apt-get"
    chmod +x "$BATS_TEST_TMPDIR"/bin/{apt-get,id}
    PATH=$BATS_TEST_TMPDIR/bin run labs/tools/need test
    show
    [ "$status" -eq 0 ]
    grep -q '^install .*bats' "$BATS_TEST_TMPDIR/asked"
    printf '#!/bin/bash\necho "no network"\nexit 100\n' >"$BATS_TEST_TMPDIR/bin/apt-get"
    PATH=$BATS_TEST_TMPDIR/bin run labs/tools/need test
    show
    [ "$status" -eq 2 ]
    [[ "$output" == *'no network'*'Nothing of the project was changed'* ]]
}
