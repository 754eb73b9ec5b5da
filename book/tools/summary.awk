# summary.awk - a recorded run in some lines: who ran how often, who waited long
#
#   awk -f events.awk -f summary.awk EVENTS

function plural(n, word) {
    return n " " word (n == 1 ? "" : "s")
}

function percent(part, whole) {
    return whole > 0 ? int(100 * part / whole + 0.5) " %" : "-"
}

# Where it is when the recording ends.
function finally(g,    s) {
    if (ended[g]) return "ended"
    s = s_open[g]
    if (s == "") return "-"
    return s_what[s] == "run" ? "runs" : s_what[s] == "queue" ? "can run" : "waits: " s_why[s]
}

END {
    if (broken)
        exit 2
    understand()
    if (T == 0)
        complain("nothing ran in this recording")
    for (i = 1; i <= T; i++) {
        who = t_who[i]
        if (!(who in turns_of)) all[++whos] = who
        turns_of[who]++
        time_of[who] += t_end[i] - t_start[i]
    }
    printf "  %s%s%s, %s: %s in %s\n\n", G ? plural(G, "goroutine") ", " : "",
        C ? plural(C, "coroutine") ", " : "", P ? P (P == 1 ? " p" : " p's") : "no p's",
        plural(M, "thread"), plural(T, "turn"), duration(last)

    # Those that ran most often first; they are few, and so is what is shown.
    printf "  %-6s %-14s %6s %9s %12s %12s  %s\n", "who", "", "turns", "ran", "queued most", "waited most", "at the end"
    for (shown = 0; shown < MOST && shown < whos; shown++) {
        best = ""
        for (i = 1; i <= whos; i++)
            if (!(all[i] in told) && (best == "" || turns_of[all[i]] > turns_of[best]))
                best = all[i]
        told[best] = 1
        printf "  %-6s %-14s %6d %9s %12s %12s  %s\n", label(best), substr(made_as[best], 1, 14), turns_of[best],
            duration(time_of[best]), best in longest_queue ? duration(longest_queue[best]) : "-",
            best in longest_wait ? duration(longest_wait[best]) : "-", best ~ /^g/ ? finally(best) : ""
    }
    if (whos > shown)
        printf "  ... and %d more\n", whos - shown
    if (P) {
        print ""
        for (i = 0; i < 4096 && n < P; i++)
            if (("p" i) in seen) {
                n++
                printf "  p%-5d %s, %s of the time\n", i, plural(p_turns["p" i] + 0, "turn"), percent(p_busy["p" i], last)
            }
    }
    if (cut)
        print "\n  There was no room for more events: what came later is not here."
}

BEGIN { MOST = 12 }
