#!/usr/bin/env bats
# Recorded runs: what a trace build writes, and what is drawn of it.

load tools/test

setup_file() {
    cd "$BATS_TEST_DIRNAME/.." || exit 1
    "$MAKE" -s TRACE=1 "$("$MAKE" -s TRACE=1 where)/bin/tests/draw_runs" \
        "$("$MAKE" -s TRACE=1 where)/bin/labs/03-gmp/ring" || exit 1
}

setup() {
    events=$BATS_TEST_TMPDIR/events
    bin=$("$MAKE" -s TRACE=1 where)/bin
}

# record NAME: a run of draw_runs, into $events. For its status: run record.
record() {
    GO_TRACE=$events GOTRACEBACK=none labs/tools/cap 60 "$bin/tests/draw_runs" "$@"
}

# What a killed process did not write are zeros.
lines() { tr '\0' '\n' <"$events" | grep -v '^$'; }

# story [all_end=1]: nothing is wrong with $events.
story() {
    run awk ${1:+-v "$1"} -f tests/tools/story.awk <(lines)
    show
    [ "$status" -eq 0 ]
}

draw() {
    run "$MAKE" -s draw "$@"
    show
}

page() { echo "$BUILD/draw/$1.html"; }

# ---- The recorder ----------------------------------------------------------

@test "every event is well formed, every change allowed, every goroutine's story whole" {
    for procs in 1 2 4 16; do
        GOMAXPROCS=$procs record crowd
        story all_end=1
        [ "$(lines | grep -c ' new g')" -eq 9 ]
        [ "$(lines | grep -c ' new c')" -eq 7 ]
        lines | grep -q ' new g[0-9]* draw_runs.c:[0-9]* work *$'
        lines | grep -q ' new g[0-9]* draw_runs.c:[0-9]* <a & "b"> *$'
        lines | grep -q ' new g1 - main *$'
        lines | grep -q ' stop g[0-9]* park sync.WaitGroup.Wait *$'
        lines | grep -q ' stop c[0-9]* yield *$'
        lines | grep -q ' ready g[0-9]* *$'
    done
}

@test "a thousand goroutines on four p's: each story is whole, each p is told of" {
    GOMAXPROCS=4 GO_TRACE=$events "$bin/labs/03-gmp/ring"
    story all_end=1
    [ "$(lines | grep -c ' new g')" -eq 1001 ]
    for p in p1 p2 p3; do lines | grep -q " idle $p *\$"; done
}

@test "a story with an event too few, one too many, or two exchanged is no story" {
    record crowd
    cp "$events" "$events.whole"
    faulty() {
        run awk -v all_end=1 -f tests/tools/story.awk "$events"
        show
        [ "$status" -eq 1 ]
    }
    for what in 'new g3' 'run g3' 'stop g3' 'new c2' 'run c2' 'stop c2' 'stop g1 exit' 'thread m1'; do
        awk -v what=" $what( |\$)" '!done && $0 ~ what { done = 1; next } { print }' "$events.whole" >"$events"
        faulty
        awk -v what=" $what( |\$)" '{ print } !done && $0 ~ what { done = 1; print }' "$events.whole" >"$events"
        faulty
    done
    sed 's/ queue g3 local/ queue g3 nowhere/; s/ queue g3 global/ queue g3 nowhere/' "$events.whole" >"$events"
    faulty
    sed '10s/^[0-9]*/x/' "$events.whole" >"$events"
    faulty
    tac "$events.whole" >"$events"
    faulty
}

@test "a run that ends by a fatal error, a signal, or a kill is recorded up to there" {
    run env GO_TRACE="$events" GOTRACEBACK=none "$("$MAKE" -s TRACE=1 where)/bin/tests/draw_runs" killed
    [ "$status" -eq 137 ]
    story
    lines | grep -q ' run g2'
    run record crash
    [ "$status" -eq 139 ]
    story
    lines | grep -q ' run g2'
    [ "$(lines | grep -c ' stop g2')" -eq 0 ]
    "$MAKE" -s TRACE=1 "$bin/labs/03-gmp/deadlock"
    run env GO_TRACE="$events" GOTRACEBACK=none "$bin/labs/03-gmp/deadlock"
    [ "$status" -eq 2 ]
    story
    [ "$(lines | grep -c ' stop g[1-4] park ')" -eq 4 ]
    [ "$(lines | grep -c ' exit')" -eq 0 ]
}

@test "the second go_run's goroutines have names of their own" {
    record two
    story all_end=1
    [ "$(lines | grep -c ' new g1 ')" -eq 1 ]
    [ "$(lines | grep -c ' new g1\.2 ')" -eq 1 ]
}

@test "what a child does after fork is not in its parent's story" {
    record child
    story all_end=1
    [ "$(lines | grep -c ' new c')" -eq 0 ]
}

@test "when there is no more room, the last line says so" {
    record many
    story
    [ "$(lines | wc -l)" -eq 65536 ]
    [[ "$(lines | tail -n 1)" == '# There is no room'* ]]
}

@test "without GO_TRACE nothing is written; a file that cannot be is told of" {
    cd "$BATS_TEST_TMPDIR"
    run env -u GO_TRACE "$OLDPWD/$bin/tests/draw_runs" two
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    [ -z "$(ls | grep -v '^bats')" ]
    GO_TRACE=no/such/folder run "$OLDPWD/$bin/tests/draw_runs" two
    [ "$status" -eq 0 ]
    [[ "$output" == 'GO_TRACE=no/such/folder: nothing is recorded: No such file'* ]]
}

@test "recording is no data race" {
    build=$("$MAKE" -s TRACE=1 SAN=runtime where)
    "$MAKE" -s TRACE=1 SAN=runtime "$build/bin/tests/draw_runs"
    run env GO_TRACE="$events" SAN=runtime labs/tools/cap 120 "$build/bin/tests/draw_runs" crowd
    show
    [ "$status" -eq 0 ]
    [ -z "$output" ]
    story all_end=1
}

# ---- Pictures --------------------------------------------------------------

@test "a picture is sound XML, with a title, a description, and a table of its turns" {
    for run in crowd two many; do
        record $run
        book/tools/picture picture "$events" an-id 'g1=<main>' 'A <run> & "more"' >"$events.html"
        xmllint --noout "$events.html"
        grep -q '<title id="an-id-title">A &lt;run&gt; &amp; &quot;more&quot;</title>' "$events.html"
        grep -q '<desc id="an-id-desc">[0-9]* goroutine' "$events.html"
        grep -q 'role="img" aria-labelledby="an-id-title an-id-desc"' "$events.html"
        turns=$(lines | grep -c ' run g')
        if [ "$turns" -gt 40 ]; then turns=40; fi
        [ "$(grep -c '^<tr><td>' "$events.html")" -ge "$turns" ]
        grep -q '&lt;main&gt;' "$events.html"
    done
    grep -q 'The first 40 of [0-9]* turns are drawn. The recording was full' "$events.html"
}

@test "two turns share a column exactly if they overlapped" {
    {
        echo '0 m0 - m0 thread m0'
        echo '1 m0 p0 m0 new g1 - main'
        echo '2 m0 p0 m0 run g1'
        echo '3 m0 p0 g1 new g2 a.c:1 two'
        echo '4 m1 - m1 thread m1'
        echo '5 m1 p1 m1 run g2'
        echo '6 m0 p0 m0 stop g1 park sync.WaitGroup.Wait'
        echo '7 m1 p1 g2 ready g1'
        echo '8 m1 p1 m1 stop g2 exit'
        echo '9 m0 p0 m0 run g1'
        echo '10 m0 p0 m0 stop g1 exit'
    } >"$events"
    story all_end=1
    run awk -f book/tools/events.awk -f /dev/fd/3 "$events" 3<<'AWK'
END { understand(); for (i = 1; i <= T; i++) print t_who[i], t_p[i], t_from[i], t_to[i], t_how[i] }
AWK
    show
    [ "$output" = $'g1 p0 1 2 park sync.WaitGroup.Wait\ng2 p1 2 2 exit\ng1 p0 3 3 exit' ]
}

@test "coroutines alone: whose turn it was, and how it ended" {
    "$MAKE" -s TRACE=1 CHAPTER=1 "$("$MAKE" -s TRACE=1 CHAPTER=1 where)/bin/chapters/01-context/who-is-next"
    GO_TRACE=$events "$("$MAKE" -s TRACE=1 CHAPTER=1 where)/bin/chapters/01-context/who-is-next" >/dev/null
    story
    run awk -v names='c0=B c1=A m0=main' -f book/tools/events.awk -f /dev/fd/3 "$events" 3<<'AWK'
END { understand(); for (i = 1; i <= T; i++) printf "%s %s; ", label(t_who[i]), t_how[i] }
AWK
    show
    [ "$output" = 'main resumes A; A resumes B; B yields; A yields; main resumes A; A resumes B; B ends; A ends; main ; ' ]
}

@test "no events, or no run: no picture, and it is said" {
    : >"$events"
    run book/tools/picture picture "$events" x '' title
    [ "$status" -eq 2 ]
    [[ "$output" == *'nothing ran in this recording'* ]]
    printf 'hello\n' >"$events"
    run book/tools/picture player "$events" x '' title
    [ "$status" -eq 2 ]
}

# ---- make draw -------------------------------------------------------------

@test "draw: runs the program, says who ran how often, and where the page is" {
    rm -f "$(page tests-draw_runs)"
    draw P=tests/draw_runs ARGS=crowd
    [ "$status" -eq 0 ]
    [[ "$output" == *'9 goroutines, 7 coroutines, '*' turns in '* ]]
    [[ "$output" == *$'\n  g'[2-9]'     work '*' ended'* ]]
    [[ "$output" == *'p0 '*' of the time'* ]]
    [[ "$output" == *"Open $(page tests-draw_runs)" ]]
    # It needs nothing else, and is small enough to be sent.
    no grep -E '<(script|link|img)[^>]* (src|href)=' "$(page tests-draw_runs)"
    grep -q '<svg' "$(page tests-draw_runs)"
    grep -q 'class="run-player"' "$(page tests-draw_runs)"
    [ "$(wc -c <book/player.js)" -lt 15360 ]
}

@test "draw: a program that fails, crashes, or hangs is drawn up to there" {
    draw P=tests/draw_runs ARGS=crash
    [ "$status" -eq 0 ]
    [[ "$output" == *'It crashed (SIGSEGV). What it did until then is drawn.'* ]]
    [[ "$output" == *$'\n  g2 '*' runs'* ]]
    grep -q 'It crashed (SIGSEGV).' "$(page tests-draw_runs)"
    draw P=tests/draw_runs ARGS=hang LIMIT=1
    [ "$status" -eq 0 ]
    [[ "$output" == *'It did not end, and was stopped after 1 s.'* ]]
    [[ "$output" == *'g1     main'*' waits: sync.WaitGroup.Wait'* ]]
    draw P=labs/03-gmp/deadlock
    [[ "$output" == *'It ended with status 2.'* ]]
}

@test "draw: too many events are cut, and that is said" {
    draw P=tests/draw_runs ARGS=many
    [ "$status" -eq 0 ]
    [[ "$output" == *'There was no room for more events'* ]]
    grep -q 'data-more="The first 3000 of 65[0-9]* events."' "$(page tests-draw_runs)"
    grep -q 'The recording was full before the run ended.' "$(page tests-draw_runs)"
    # A phone can open it.
    [ "$(wc -c <"$(page tests-draw_runs)")" -lt 1000000 ]
}

@test "draw: no goroutine, an unknown program, no program, a wrong limit" {
    draw P=tests/draw_runs ARGS=nothing
    [ "$status" -eq 2 ]
    [[ "$output" == *'There is nothing to draw: no goroutine and no coroutine has run in tests/draw_runs.'* ]]
    [ ! -e "$(page tests-draw_runs)" ]
    draw P=labs/03-gmp/rign
    [ "$status" -eq 2 ]
    [[ "$output" == *'there is no such program. Nearest: P=labs/03-gmp/ring'* ]]
    draw
    [ "$status" -eq 2 ]
    [[ "$output" == *'Which program? make draw P=...'* ]]
    draw P=labs/03-gmp/ring LIMIT=soon
    [ "$status" -eq 2 ]
    [[ "$output" == *'LIMIT=soon: the seconds'* ]]
}

@test "draw: the learner's parts run, if they are asked for" {
    export WORK=$BATS_TEST_TMPDIR/work
    mkdir -p "$WORK/01-context"
    # A yield that says so.
    sed '/^go_coro_yield/,/^{/s/^{/{\n    fputs("mine\\n", stderr);/; s/^#include "gstatus.h"/#include <stdio.h>\n&/' \
        lib/01-context/coro.c >"$WORK/01-context/coro.c"
    draw P=labs/01-context/generator MINE=01-context
    [ "$status" -eq 0 ]
    [[ "$output" == *mine* ]]
    [[ "$output" == *'2 coroutines'* ]]
    grep -q 'MINE=01-context' "$(page labs-01-context-generator)"
    draw P=labs/01-context/generator
    [[ "$output" != *mine* ]]
}
