# draw.awk - a picture of a recorded run: who ran, in which order
#
#   awk -f draw.awk -v names="0=B 1=A 2=main" -v title="..." EVENTS
#
# EVENTS is what a trace build writes to GO_TRACE. Prints an SVG to be put into
# a page, and the same as a table, for those who listen. Turns are equally
# wide, because the shortest and the longest differ a thousandfold.

BEGIN {
    n = split(names, pair, " ")
    for (i = 1; i <= n; i++) {
        eq = index(pair[i], "=")
        id = substr(pair[i], 1, eq - 1)
        name[id] = substr(pair[i], eq + 1)
        lane[id] = n - i            # the first-made is drawn last
    }
    lanes = n
    IDLE = 0; RUNNING = 2; WAITING = 4; DEAD = 6
    depth = 0
}

/^#/ { next }

# The thread's own g begins to run when the runtime first sees it.
$3 == IDLE && $4 == RUNNING { running[depth] = $2; begin($2, $1) }
$3 == WAITING && $4 == RUNNING {
    finish($1, "resumes " name[$2])
    running[++depth] = $2
    begin($2, $1)
}
$3 == RUNNING && $4 != RUNNING {
    finish($1, $4 == DEAD ? "ends" : "yields")
    depth--
    begin(running[depth], $1)
}

function begin(id, when) {
    turns++
    who[turns] = id
    since[turns] = when
}

function finish(when, how) {
    until[turns] = when
    ended[turns] = how
}

END {
    left = 64; width = 56; height = 30; gap = 16; top = 26
    total_width = left + turns * width + 8
    total_height = top + lanes * (height + gap) + 8
    printf "<figure class=\"turns\"><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n",
        total_width, total_height, title
    for (id in name) {
        y = top + lane[id] * (height + gap)
        printf "<text class=\"name\" x=\"4\" y=\"%d\">%s</text>\n", y + height / 2 + 5, name[id]
        printf "<line class=\"lane\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>\n",
            left, total_width - 8, y + height / 2, y + height / 2
    }
    for (t = 1; t <= turns; t++) {
        x = left + (t - 1) * width
        y = top + lane[who[t]] * (height + gap)
        printf "<text class=\"turn\" x=\"%d\" y=\"16\">%d</text>\n", x + width / 2, t
        printf "<rect class=\"run\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>\n",
            x + 3, y, width - 6, height
        if (t < turns) {
            to = top + lane[who[t + 1]] * (height + gap) + height / 2
            printf "<path class=\"switch\" d=\"M%d %d L%d %d\"/>\n",
                x + width - 3, y + height / 2, x + width + 3, to
        }
        if (t < turns)
            printf "<text class=\"how\" x=\"%d\" y=\"%d\">%s</text>\n",
                x + width / 2, y + height / 2 + 4, substr(ended[t], 1, 7)
    }
    printf "</svg>\n<figcaption>%s</figcaption>\n", title
    printf "<table class=\"listen\"><caption>%s</caption><tr><th>Turn</th><th>Who</th><th>How it ended</th></tr>\n", title
    for (t = 1; t <= turns; t++)
        printf "<tr><td>%d</td><td>%s</td><td>%s</td></tr>\n", t, name[who[t]],
            t < turns ? ended[t] : "the program ends"
    printf "</table></figure>\n"
}
