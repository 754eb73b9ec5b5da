# story.awk - does a recording tell a story that can have happened?
#
#   tr '\0' '\n' <EVENTS | awk -v all_end=1 -f tests/tools/story.awk
#
# Every line is well formed. A goroutine is made once, runs only if it can, on a
# thread and a p that run nothing else, stops where it ran, is queued only while
# it can run, and is made ready only if it is parked. A coroutine stops only if
# it is on top of its thread. A p is idle and busy in turn. A thread's clock does
# not go back. With all_end every goroutine ends.
# Prints each fault; exit status 1 if there is one, 2 if there is no event.

function fault(text) {
    print NR ": " text ": " $0
    faults++
}

function expect(g, state) {
    if (is[g] != state)
        fault(g " is " (is[g] == "" ? "unknown" : is[g]) ", not " state)
}

{ sub(/ +$/, "") }
/^#/ || /^$/ { next }

{
    events++
    when = $1; m = $2; p = $3; who = $4; what = $5; g = $6
    how = $0
    sub(/^[^ ]+ [^ ]+ [^ ]+ [^ ]+ [^ ]+ [^ ]+ ?/, "", how)
}

when !~ /^[0-9]+$/ || m !~ /^(m[0-9]+|-)$/ || p !~ /^(p[0-9]+|-)$/ ||
who !~ /^([mc][0-9]+|g[0-9]+(\.[0-9]+)?|-)$/ || g !~ /^([mpc][0-9]+|g[0-9]+(\.[0-9]+)?)$/ {
    fault("not a line")
    next
}

m != "-" {
    if (when + 0 < clock[m] + 0)
        fault("the clock of " m " goes back")
    clock[m] = when
    if (!(m in known) && what != "thread")
        fault(m " was not there")
}

# With one p a goroutine that yields may put itself on the queue, and hand its
# thread on, without g0 in between.
who ~ /^g/ && runs[m] != who && !(left[m] == who && (what == "queue" || what == "run")) {
    fault(who " does something, and does not run")
}

what == "thread" {
    if (g in known) fault(g " comes twice")
    known[g] = 1
    next
}

what == "new" && g ~ /^c/ {
    if (g in is) fault(g " is made twice")
    is[g] = "waits"
    next
}

what == "new" {
    if (g in is) fault(g " is made twice")
    if (how !~ /^(-|[^ ]+:[0-9]+) ./) fault("where, and what?")
    is[g] = "can run"
    next
}

what == "ready" { expect(g, "waits"); is[g] = "can run"; next }

what == "queue" {
    expect(g, "can run")
    if (how != "local" && how != "global") fault("which queue?")
    if (how == "local" && p == "-") fault("whose queue?")
    next
}

what == "run" && g ~ /^c/ {
    expect(g, "waits")
    is[g] = "runs"
    stack[runs_on(m), ++depth[runs_on(m)]] = g
    next
}

what == "run" {
    expect(g, "can run")
    if (runs[m] != "") fault(m " runs " runs[m])
    if (p != "-" && on_p[p] != "") fault(p " runs " on_p[p])
    is[g] = "runs"; runs[m] = g; on_p[p] = g; left[m] = ""
    turns++
    next
}

what == "stop" && g ~ /^c/ {
    expect(g, "runs")
    if (how != "yield" && how != "exit") fault("why?")
    if (stack[runs_on(m), depth[runs_on(m)]] != g) fault(g " is not on top")
    depth[runs_on(m)]--
    is[g] = how == "exit" ? "ended" : "waits"
    next
}

what == "stop" {
    expect(g, "runs")
    if (runs[m] != g) fault(m " does not run it")
    if (p != "-" && on_p[p] != g) fault(p " does not run it")
    if (how == "gosched") is[g] = "can run"
    else if (how == "exit") is[g] = "ended"
    else if (how ~ /^park [a-z]/) is[g] = "waits"
    else fault("why?")
    runs[m] = on_p[p] = ""
    left[m] = who == g && how == "gosched" ? g : ""
    next
}

what == "free" { expect(g, "waits"); is[g] = "ended"; next }
what == "idle" { if (idle[g]) fault(g " is idle already"); idle[g] = 1; next }
what == "busy" { if (!idle[g]) fault(g " was not idle"); idle[g] = 0; next }
what == "sleep" { if (g != m) fault("another thread's sleep"); next }

what == "wake" {
    if (!(g in known)) fault(g " was not there")
    if (how !~ /^(p[0-9]+|-)$/) fault("with which p?")
    next
}

{ fault("what is that?") }

# The goroutine that m runs, whose coroutines are on one another; or m itself.
function runs_on(m) {
    return runs[m] != "" ? runs[m] : m
}

END {
    if (all_end)
        for (g in is)
            if (g ~ /^g/ && is[g] != "ended") {
                print g " has not ended: it " is[g]
                faults++
            }
    if (events == 0)
        exit 2
    exit faults > 0
}
