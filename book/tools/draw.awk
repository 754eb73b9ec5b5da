# draw.awk - a picture of a recorded run: who ran where, and what others did
#
#   awk -v id=ring -v title="..." -v names="g1=main" -v limit=60 \
#       -f events.awk -f draw.awk EVENTS
#
# Prints an SVG to be put into a page, and its turns as a table. (book/run.css
# has the colours.) Lanes are, from above: p's, or the one thread if there are
# none; threads and the p that each has; goroutines and what they do. Of
# coroutines alone each has a lane. A column is as wide as any other: see
# events.awk. Only the first `limit` columns are drawn.

function lane(key, text, note) {
    lane_at[key] = y
    printf "<text class=\"name\" x=\"4\" y=\"%d\">%s%s</text>\n", y + HIGH - 8, xml(cut_to(text, 10)),
        note == "" ? "" : " <tspan class=\"note\">" xml(cut_to(note, 14 - length(cut_to(text, 10)))) "</tspan>"
    printf "<line class=\"lane\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>\n", LEFT, WIDTH - 8, y + HIGH / 2, y + HIGH / 2
    y += HIGH + GAP
}

function heading(text) {
    printf "<text class=\"heading\" x=\"4\" y=\"%d\">%s</text>\n", y + 12, text
    y += 20
}

function cut_to(text, n) {
    if (n < 2) return ""
    return length(text) > n ? substr(text, 1, n - 1) "~" : text
}

# A box, or a line, from one edge of a column to another, with words in it.
function box(class, at, from, to, text, says,    x, w) {
    if (from >= edges)
        return
    if (to > edges)
        to = edges
    if (to <= from)
        return
    x = LEFT + from * WIDE + 2
    w = (to - from) * WIDE - 4
    printf "<g class=\"%s\"><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\"/>",
        class, xml(says), x, at, w, HIGH
    text = cut_to(text, int(w / 6.6))
    if (text != "")
        printf "<text %sx=\"%d\" y=\"%d\">%s</text>", class ~ /^run/ ? "" : "class=\"at-start\" ",
            class ~ /^run/ ? x + w / 2 : x + 5, at + HIGH - 8, xml(text)
    print "</g>"
}

# For a heading, if not all are drawn.
function first_of(n) {
    return n > FEW ? "the first " FEW " of " n " " : ""
}

function colour(who) {
    if (!(who in colour_of))
        colour_of[who] = colours++ % 8
    return "k" colour_of[who]
}

# What the table says of the end.
function ending(t) {
    if (t_how[t] == "") return "it still ran at the end"
    if (t_how[t] == "gosched") return "it let others go first"
    if (t_how[t] == "exit") return "it ended"
    if (t_how[t] ~ /^park /) return "it waits: " substr(t_how[t], 6)
    return t_how[t]
}

function plural(n, word) {
    return n (word == "p" && n != 1 ? " p's" : " " word (n == 1 ? "" : "s"))
}

function description(    text) {
    if (G)
        text = plural(G, "goroutine") ", "
    if (C)
        text = text plural(C, "coroutine") ", "
    if (P)
        text = text plural(P, "p") ", "
    return text plural(M, "thread") ", " plural(T, "turn") " in " duration(last) "."
}

function remarks(    text) {
    if (column > shown)
        text = " The first " shown " of " column " turns are drawn."
    if (cut)
        text = text " The recording was full before the run ended."
    return text
}

function draw_turns(    t, key) {
    for (t = 1; t <= T; t++) {
        key = !G ? t_who[t] : t_p[t] == "-" ? t_m[t] : t_p[t]
        if (!(key in lane_at))
            continue
        box("run " colour(t_who[t]), lane_at[key], t_from[t] - 1, t_to[t],
            G ? label(t_who[t]) : t_how[t] == "" ? "" : substr(t_how[t], 1, 7),
            "turn " t ": " label(t_who[t]) " on " t_m[t] (t_p[t] == "-" ? "" : " with " t_p[t]) \
            ", " duration(t_end[t] - t_start[t]) "; " ending(t))
    }
}

# From turn to turn, where each one has a lane.
function draw_switches(    t, x) {
    for (t = 1; t < T && t < shown; t++) {
        x = LEFT + t * WIDE
        printf "<path class=\"switch\" d=\"M%d %d L%d %d\"/>\n", x - 2, lane_at[t_who[t]] + HIGH / 2,
            x + 2, lane_at[t_who[t + 1]] + HIGH / 2
    }
}

function draw_threads(    i) {
    for (i = 1; i <= A; i++) {
        if (!(("m:" a_who[i]) in lane_at))
            continue
        if (a_what[i] == "sleep")
            box("wait", lane_at["m:" a_who[i]], a_from[i], a_to[i], "sleeps", a_who[i] " sleeps")
        else
            box("has", lane_at["m:" a_who[i]], a_from[i], a_to[i], a_what[i], a_who[i] " has " a_what[i])
    }
}

function draw_goroutines(    i, g) {
    for (i = 1; i <= S; i++) {
        g = s_who[i]
        if (!(("g:" g) in lane_at))
            continue
        if (s_what[i] == "run")
            box("run " colour(g), lane_at["g:" g], s_from[i], s_to[i], s_why[i], label(g) " runs on " s_why[i])
        else if (s_what[i] == "queue")
            box("queue " colour(g), lane_at["g:" g], s_from[i], s_to[i], "", label(g) " can run, and waits for its turn")
        else
            box("wait", lane_at["g:" g], s_from[i], s_to[i], s_why[i], label(g) " waits: " s_why[i])
    }
}

function table(    t) {
    printf "<details class=\"hint\"><summary>The same as a table</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Turns\">"
    printf "<table class=\"markdownTable\"><caption>%s</caption><thead><tr><th>turn</th><th>who</th>", xml(title)
    if (G)
        printf "<th>thread</th>%s", P ? "<th>p</th>" : ""
    print "<th>began at</th><th>took</th><th>how it ended</th></tr></thead><tbody>"
    for (t = 1; t <= T && t <= shown; t++) {
        printf "<tr><td>%d</td><td>%s</td>", t, xml(label(t_who[t]))
        if (G)
            printf "<td>%s</td>%s", t_m[t], P ? "<td>" t_p[t] "</td>" : ""
        printf "<td>%s</td><td>%s</td><td>%s</td></tr>\n", duration(t_start[t]),
            duration(t_end[t] - t_start[t]), xml(ending(t))
    }
    print "</tbody></table></div></details>"
}

END {
    if (broken)
        exit 2
    understand()
    if (T == 0)
        complain("nothing ran in this recording")

    shown = limit > 0 && column > limit ? limit : column
    WIDE = !G ? 62 : shown <= 14 ? 56 : 44
    HIGH = 26; GAP = 8; TOP = 24; FEW = 16
    LEFT = G ? 104 : 64
    # A goroutine or a thread is drawn to its last state.
    edges = shown + (G && still && shown == column)
    WIDTH = LEFT + edges * WIDE + 12
    lanes_g = G < FEW ? G : FEW
    lanes_m = M < FEW ? M : FEW; lanes_p = P < FEW ? P : FEW

    # Whoever is first seen is drawn first.
    for (i = 1; i <= T; i++)
        if (!G && !(t_who[i] in rank)) { rank[t_who[i]] = ++ranks; by_rank[ranks] = t_who[i] }
    lanes = !G ? ranks : P ? lanes_p : 1
    HEIGHT = TOP + lanes * (HIGH + GAP) + 6
    if (P) HEIGHT += 20 + lanes_m * (HIGH + GAP)
    if (G) HEIGHT += 20 + lanes_g * (HIGH + GAP)

    printf "<figure class=\"run-picture\"><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n", xml(title)
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-title %s-desc\">\n",
        WIDTH, HEIGHT, WIDTH, HEIGHT, id, id
    printf "<title id=\"%s-title\">%s</title>\n<desc id=\"%s-desc\">%s The table below says the same.</desc>\n",
        id, xml(title), id, description()
    for (i = 1; i <= shown; i++)
        printf "<text class=\"turn\" x=\"%d\" y=\"16\">%d</text>\n", LEFT + (i - 0.5) * WIDE, i
    if (edges > shown)
        printf "<text class=\"turn\" x=\"%d\" y=\"16\">end</text>\n", LEFT + (edges - 0.5) * WIDE

    y = TOP
    if (!G)
        for (i = 1; i <= ranks; i++) lane(by_rank[i], label(by_rank[i]))
    else if (!P)
        lane(thread[1], thread[1], "the thread")
    else {
        # p's in their order, not in the order of their first turn.
        for (i = 0; drawn < lanes_p && i < 4096; i++)
            if (("p" i) in seen) { lane("p" i, "p" i); drawn++ }
    }
    draw_turns()
    if (!G)
        draw_switches()
    if (P) {
        heading(first_of(M) "threads, and the p that each has")
        for (i = 1; i <= lanes_m; i++) lane("m:" thread[i], thread[i])
        draw_threads()
    }
    if (G) {
        heading(first_of(G) "goroutines: they run, wait for a turn (dashed), or wait for something")
        for (i = 1; i <= lanes_g; i++) lane("g:" goroutine[i], label(goroutine[i]), goroutine[i] in name ? "" : made_as[goroutine[i]])
        draw_goroutines()
    }
    printf "</svg></div>\n<figcaption>%s <span class=\"note\">%s%s%s</span></figcaption>\n", xml(title),
        "Recorded: " description(), (T > 1 ? " Not to scale: each column is one turn." : ""), remarks()
    table()
    print "</figure>"
}
