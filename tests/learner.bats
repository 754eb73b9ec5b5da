#!/usr/bin/env bats
# What a learner types, and what comes back. Each test has a work/ of its own.

load tools/test
load tools/learner

setup() {
    export WORK=$BATS_TEST_TMPDIR/work NO_COLOR=1 CI=
    file=$WORK/01-context/coro.c
}

@test "board: lists the exercises, lays out the first file, says what is next" {
    learner board
    [ "$status" -eq 0 ]
    [[ "$output" == *'1 The context switch: labs'* ]]
    [[ "$output" == *'->  1.a  What survives?'* ]]
    [[ "$output" == *" 0 of $(awk -f labs/tools/exercises.awk labs/*/lab.md | wc -l) done"* ]]
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
    right coro-exit
    learner try LAB=1.5
    [ "$status" -eq 0 ]
    [[ "$output" == *'1.5  The end: passed.'* ]]
    learner board
    [[ "$output" == *'ok  1.5  The end'* && "$output" == *" 1 of $(awk -f labs/tools/exercises.awk labs/*/lab.md | wc -l) done"* ]]
    learner diff LAB=1.5
    [[ "$output" == *'to the letter'* ]]
}

@test "try: make -j, MAKEFLAGS=-j and --trace change nothing" {
    learner try LAB=1.5
    right coro-exit
    learner -j2 try LAB=1.5
    [ "$status" -eq 0 ]
    [[ "$output" == *'1.5  The end: passed.'* && "$output" != *jobserver* ]]
    MAKEFLAGS=-j8 learner try LAB=1.5
    [ "$status" -eq 0 ]
    [[ "$output" != *jobserver* ]]
    learner --trace try LAB=1.5
    [ "$status" -eq 0 ]
    [[ "$output" == *'1.5  The end: passed.'* ]]
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

@test "try: an end without a word, and a signal without an address" {
    learner try LAB=1.5
    body coro-exit '    (void)co; extern void _exit(int); _exit(0);'
    learner try LAB=1.5
    [ "$status" -eq 2 ]
    grep -x '  EVIDENCE  exit status 0' <<<"$output"
    body coro-exit '    (void)co; __builtin_abort();'
    learner try LAB=1.5
    [[ "$output" == *'SIGABRT, the program gave up'*'pc 0x'* && "$output" != *address* ]]
}

@test "try: a body that prints endlessly does not flood the terminal" {
    learner try LAB=1.5
    body coro-exit '    (void)co; for (;;) puts("again and again");'
    sed -i '1i #include <stdio.h>' "$file"
    learner try LAB=1.5
    [ "$status" -eq 2 ]
    [ "${#output}" -lt 2000 ]
    golden <<'TEXT'
  WHAT      The program does not stop printing while letting a coroutine
            return from its function.
  EVIDENCE  cut off after 1048576 bytes; the last: again and again
  WHY       What prints stands in a loop that has no end, or in a function
            that is called again and again.
  LOOK AT   work/01-context/coro.c:N   book 1.6
  TRY       make hint LAB=1.5
TEXT
}

@test "try: what a body prints is kept back, but for CHECK_LOUD; the last of it is told" {
    learner try LAB=1.5
    right coro-exit
    sed -i '1i #include <stdio.h>' "$file"
    sed -i 's/^    hooks_end/    puts("here I am");\n&/' "$file"
    learner try LAB=1.5
    [ "$status" -eq 0 ]
    [[ "$output" != *'here I am'* ]]
    learner try LAB=1.5 CHECK_LOUD=1
    [[ "$output" == *'here I am'*'1.5  The end: passed.'* ]]
    body coro-exit '    (void)co; for (int i = 0; i < 2000; i++) printf("line %d\\n", i); fatal("no");'
    learner try LAB=1.5
    [[ "$output" == *'exit status 2; it said:'*'fatal error: no'* ]]
}

@test "try SAN=thread: asks whether the race detector was told" {
    learner try LAB=1.5
    right coro-exit
    learner try LAB=1.5 SAN=thread
    [ "$status" -eq 0 ]
    sed -i '/\[lab coro-exit\]/,/\[lab coro-exit\]/{/race_release/d}' "$file"
    learner try LAB=1.5
    [ "$status" -eq 0 ]
    learner try LAB=1.5 SAN=thread
    [ "$status" -eq 2 ]
    [[ "$output" == *'WHAT      The race detector complains.'*'data race '* ]]
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

@test "try: a misspelled slot is shown in the learner's file" {
    file=$WORK/01-context/$MACHINE/gobuf.S
    learner try LAB=1.4
    case $MACHINE in
    x86_64) slot=GOBUF_RBXX load='movq    GOBUF_RBXX(%rsi), %rbx' ;;
    aarch64) slot=GOBUF_X20 load='ldr     x20, [x1, #GOBUF_X20]' ;;
    esac
    body gobuf-switch "        $load"
    learner try LAB=1.4
    [ "$status" -eq 2 ]
    line=$(grep -n $slot "$file" | cut -d: -f1)
    [[ "$output" == *'WHAT      The compiler does not take it.'*"$slot"*"$line: $load"* ]]
    [[ "$output" == *"LOOK AT   $file:$line"* && "$output" != *'/ld:'* ]]
}

@test "try: a function without its return does not pass by luck" {
    learner try LAB=1.3
    right coro-resume
    sed -i '/^    void \*value = g_switch/s/void \*value = //; /^    return value;/d' "$file"
    learner try LAB=1.3
    [ "$status" -eq 2 ]
    [[ "$output" == *'control reaches end of non-void function'* ]]
}

@test "try: what the compiler warns of in the learner's file is shown, each time" {
    learner try LAB=1.5
    body coro-exit '    return;'
    for again in 1 2; do
        learner try LAB=1.5
        [ "$status" -eq 2 ]
        [[ "$output" == *"$file:"*"warning: function declared 'noreturn' has a 'return' statement"*'WHAT '* ]]
    done
    right coro-exit
    learner try LAB=1.5
    [[ "$output" != *warning* ]]
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

@test "check: what a failing program means comes from the exercise; a known mistake goes first" {
    tree=$BATS_TEST_TMPDIR/tree
    mkdir "$tree"
    cp -r lib labs "$tree/"
    cd "$tree"
    printf '%s\n' 'if 4711 => That is the number of the other one.' >>labs/01-context/merge.why
    judged() {
        printf '#!/bin/sh\n%s\n' "$1" >is
        chmod +x is
        run labs/tools/check 1.6 ./is here 'make hint'
        show
        [ "$status" -eq 1 ]
    }
    judged 'cat labs/01-context/merge.out; echo more'
    [[ "$output" == *'WHAT      The program prints more than it should.'*'Something is yielded twice'* ]]
    judged 'echo 4711'
    [[ "$output" == *'WHAT      A line is wrong.'*'WHY       That is the number of the other one.'* ]]
    judged 'echo 1; echo "fatal error: all goroutines are asleep - deadlock!"; echo; echo "goroutine 1 [waiting]:"; exit 2'
    [[ "$output" == *'WHAT      The runtime ended the program.'*'fatal error: all goroutines are asleep - deadlock!'*'after 1 line'*'can never be right'* ]]
    judged 'echo 1; exit 3'
    [[ "$output" == *'WHAT      The program ended with status 3.'*'It should end with status 0.'* ]]
    rm labs/01-context/merge.why
    judged 'head -n 3 labs/01-context/merge.out'
    [[ "$output" == *'WHAT      Some lines are missing.'*'Something is not done, or not waited for.'* ]]
}

@test "try: what there is not of a program is not announced" {
    file=$WORK/01-context/merge.c
    learner try LAB=1.6
    body merge '    (void)from;'
    sed -i 's/^main(void)$/&\n{ __builtin_trap(); }\nint other(void); int other(void)/' "$file"
    learner try LAB=1.6
    grep -x '  EVIDENCE  after 0 lines' <<<"$output"
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

@test "try: Ctrl-C ends it, and is no diagnosis" {
    learner try LAB=1.5
    body coro-exit '    for (;;)
        ;'
    learner try LAB=1.5
    file=$WORK/01-context/merge.c
    learner try LAB=1.6
    body merge '    (void)from; for (;;) ;'
    learner try LAB=1.6
    for lab in 1.5 1.6; do
        run timeout -s INT 1 "$MAKE" -s try LAB=$lab WORK="$WORK" </dev/null
        show
        [ "$status" -eq 124 ]
        [[ "$output" != *WHAT* && "$output" != *'The check'* ]]
    done
    sleep 0.5
    ! grep -l -s -e bin/work/01-context/merge -e 01-context_coro-exit /proc/[0-9]*/cmdline
}

@test "a terminal that is closed takes the program with it" {
    labs/tools/cap 0 sleep "$((20000 + $$))" 3>&- &
    sleep 0.3
    kill -HUP $!
    wait $! || true
    ! pgrep -f "^sleep $((20000 + $$))$"
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

@test "reset: with broken marks the other exercises of the file begin again, too" {
    learner try LAB=1.3
    right coro-resume
    learner try LAB=1.3
    learner board
    [[ "$output" == *'ok  1.3'* ]]
    sed -i '0,/\[lab coro-exit\]/{/\[lab coro-exit\]/d}' "$file"
    learner diff LAB=1.5 PEEK=1
    [ "$status" -eq 2 ]
    [[ "$output" == *'are not both there. make reset LAB=1.5'* ]]
    learner reset LAB=1.5
    [[ "$output" == *'1.5: begun again, the whole file, because its marks were broken: 1.3, 1.5.'* ]]
    learner board
    [[ "$output" != *'ok  1.3'* ]]
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
    right coro-resume
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

@test "predict: what is code stays marked, and a long choice hangs on its letter" {
    learner try LAB=1.c
    grep -x "  *d) the sum is wrong, and the copy works: 'integers: wrong, aligned" <<<"$output"
    grep -x "       copy: right'" <<<"$output"
    [ "$(awk 'length > 78' <<<"$output" | wc -l)" -eq 0 ]
    learner hint LAB=1.1
    [[ "$output" == *"Which of 's->lo' and 's->hi'"* ]]
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

@test "run: a crash is said, and its status is kept" {
    file=$WORK/01-context/merge.c
    learner try LAB=1.6
    body merge '    (void)from; __builtin_trap();'
    run "$MAKE" run P="$WORK/01-context/merge" WORK="$WORK"
    show
    [[ "$output" =~ 'The program crashed (SIG'(ILL|TRAP)').' ]]
    [[ "$output" =~ Error\ 13[23] ]]
    body merge '    (void)from; puts("no"); extern void exit(int); exit(255);'
    learner run P="$WORK/01-context/merge"
    [[ "$output" != *crashed* ]]
}

@test "run: the learner's own program" {
    learner try LAB=1.6
    learner run P="$WORK/01-context/merge"
    [ "$status" -eq 0 ]
    [[ "$output" == *'end 3'* ]]
}

@test "test MINE=all PART=1: the whole suite of the part on the learner's code" {
    learner try LAB=1.5
    body coro-exit '    fatal("nobody ends here");'
    learner test MINE=all PART=1
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

@test "work/: what cannot be noted has not passed" {
    mkdir -p "$WORK/.state.new"
    learner try LAB=1.b A=a
    [ "$status" -eq 2 ]
    [[ "$output" == *'Cannot write'* && "$output" != *'right.'* ]]
    mkdir -p "$WORK/01-context/coro.c.new"
    learner try LAB=1.5
    [ "$status" -eq 2 ]
    [[ "$output" == *'Cannot write'* && "$output" != *'not written yet'* ]]
}

@test "work/: a current exercise that there is not is as none" {
    mkdir -p "$WORK"
    echo current=9.9 >"$WORK/.state"
    learner board
    [ "$status" -eq 0 ]
    [[ "$output" == *'Next: 1.a'* ]]
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

@test "colour: on a terminal the title is bold; not where TERM is dumb" {
    unset NO_COLOR
    for term in xterm dumb; do
        run env TERM=$term script -qec "'$MAKE' -s board WORK='$WORK'" /dev/null </dev/null
        show
        if [ $term = xterm ]; then
            [[ "$output" == *$'\033[1mWhat survives?\033[0m'* ]]
        else
            [[ "$output" != *$'\033'* ]]
        fi
    done
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
