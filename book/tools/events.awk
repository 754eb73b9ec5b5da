# events.awk - a recorded run, read and understood
#
#   awk -v names="c0=B g2=worker" -f events.awk -f PICTURE EVENTS
#
# EVENTS is what a trace build (TRACE=1) writes to the file that GO_TRACE names;
# lib/01-context/trace/trace.c has the format. What follows the events is in
# draw.awk and summary.awk, which call understand() at the end.
#
# A *turn* is what somebody runs in one go. Turns are counted in the order in
# which they began, and time is drawn in columns, one for each turn that begins:
# two turns share a column exactly if they overlapped. (To scale, a picture
# would show a single turn. The shortest and the longest differ a thousandfold.)
#
# After understand():
#
#   turns                       T, and for each 1..T: t_who, t_m, t_p ("-": none),
#                               t_from, t_to (columns), t_start, t_end (ns), t_how
#   what a goroutine does       S: s_who, s_what (run, queue, wait), s_why, and
#                               s_from, s_to: edges of columns, 0 is the left one;
#                               one column more shows how it was at the end
#   what a thread does          A: a_who, a_what (a p's name, or sleep), the same
#   in the order they came up   goroutine[1..G], coroutine[1..C], thread[1..M],
#                               processor[1..P]
#   for each goroutine          ran (turns), busy (ns), longest_wait, waited_for,
#                               longest_queue, made_at, made_as, ended
#   for each p                  p_turns, p_busy
#   for each thread             m_turns, m_sleeps
#   and                         still (something was not over at the end), last (ns),
#                               cut (there was no room for all)

function complain(text) {
    printf "%s: %s\n", FILENAME, text > "/dev/stderr"
    broken = 1
    exit 2
}

# ---- Reading ---------------------------------------------------------------

{ sub(/ +$/, "") }

/^# There is no room/ { cut = 1; next }
/^#/ || /^$/ { next }

NF < 6 || $1 !~ /^[0-9]+$/ || $2 !~ /^(m[0-9]+|-)$/ || $3 !~ /^(p[0-9]+|-)$/ {
    # A process that is killed may leave its last line half written.
    bad_lines++
    next
}

{
    N++
    if (first_time == "" || $1 + 0 < first_time)
        first_time = $1 + 0
    when[N] = $1 + 0; on_m[N] = $2; on_p[N] = $3; by[N] = $4; what[N] = $5
    about[N] = $6
    how[N] = ""
    for (i = 7; i <= NF; i++)
        how[N] = how[N] (i > 7 ? " " : "") $i
}

# ---- Understanding ---------------------------------------------------------

function begin_turn(who, m, p, ns) {
    column++
    T++
    now_on[m] = T
    t_who[T] = who; t_m[T] = m; t_p[T] = p
    t_from[T] = t_to[T] = column
    t_start[T] = t_end[T] = ns
    t_how[T] = ""
    m_turns[m]++
    if (p != "-")
        p_turns[p]++
}

function end_turn(m, ns, why,    t) {
    t = now_on[m]
    if (!t)
        return
    delete now_on[m]
    t_to[t] = column
    t_end[t] = ns
    t_how[t] = why
    if (t_p[t] != "-")
        p_busy[t_p[t]] += ns - t_start[t]
}

# g does something else from here on: what it did until now is a segment.
function change_g(g, kind, why, edge, ns) {
    if (g in s_open) {
        s_to[s_open[g]] = edge
        delete s_open[g]
    }
    if (kind == "")
        return
    S++
    s_who[S] = g; s_what[S] = kind; s_why[S] = why
    s_from[S] = s_to[S] = edge
    s_open[g] = S
    since[g] = ns
}

function change_m(m, kind, edge,    other) {
    if ((m in a_open) && a_what[a_open[m]] == kind)
        return
    # A p has one thread: whoever had it before has given it away meanwhile.
    if (kind ~ /^p/) {
        other = holder[kind]
        holder[kind] = m
        if (other != "" && other != m && (other in a_open) && a_what[a_open[other]] == kind)
            change_m(other, "-", edge)
    }
    if (m in a_open) {
        a_to[a_open[m]] = edge
        delete a_open[m]
    }
    if (kind == "-")
        return
    A++
    a_who[A] = m; a_what[A] = kind
    a_from[A] = a_to[A] = edge
    a_open[m] = A
}

function see(m, p) {
    if (m != "-" && !(m in seen)) { seen[m] = 1; thread[++M] = m }
    if (p != "-" && !(p in seen)) { seen[p] = 1; processor[++P] = p }
}

function longest_of(table, reason, g, ns, why) {
    if (ns >= table[g] + 0) {
        table[g] = ns
        reason[g] = why
    }
}

# Who runs on top of root: a goroutine's coroutine, or the coroutine's own.
function top_of(root) {
    return depth[root] > 0 ? stack[root, depth[root]] : root
}

function understand(    i, n, e, g, m, p, ns, root, parts) {
    n = split(names, parts, " ")
    for (i = 1; i <= n; i++) {
        e = index(parts[i], "=")
        name[substr(parts[i], 1, e - 1)] = substr(parts[i], e + 1)
    }
    for (i = 1; i <= N; i++)
        if (about[i] ~ /^g/)
            has_goroutines = 1
    first_time += 0
    for (i = 1; i <= N; i++) {
        ns = when[i] - first_time
        # Threads' clocks may disagree with the order a little.
        if (ns < last)
            ns = last
        last = ns
        m = on_m[i]; p = on_p[i]; g = about[i]
        see(m, p)
        if (what[i] == "sleep") { m_sleeps[g]++; change_m(g, "sleep", column) }
        else if (m != "-" && p != "-") change_m(m, p, column)
        else if (m != "-" && (m in a_open) && a_what[a_open[m]] != "sleep") change_m(m, "-", column)

        if (what[i] == "thread") {
            if (!has_goroutines) {
                now_root[g] = g
                begin_turn(g, g, "-", ns)
            }
        } else if (what[i] == "new") {
            if (g ~ /^c/) { coroutine[++C] = g; continue }
            goroutine[++G] = g
            split(how[i], parts, " ")
            made_at[g] = parts[1]
            made_as[g] = substr(how[i], length(parts[1]) + 2)
            change_g(g, "queue", "new", column, ns)
        } else if (what[i] == "ready") {
            longest_of(longest_wait, waited_for, g, ns - since[g], s_why[s_open[g]])
            change_g(g, "queue", "ready", column, ns)
        } else if (what[i] == "run" && g ~ /^g/) {
            longest_of(longest_queue, unused, g, ns - since[g], "")
            now_root[m] = g
            ran[g]++
            begin_turn(top_of(g), m, p, ns)
            change_g(g, "run", p == "-" ? m : p, column - 1, ns)
        } else if (what[i] == "run") {
            root = now_root[m]
            end_turn(m, ns, "resumes " label(g))
            stack[root, ++depth[root]] = g
            begin_turn(g, m, p, ns)
        } else if (what[i] == "stop" && g ~ /^c/) {
            root = now_root[m]
            end_turn(m, ns, how[i] == "yield" ? "yields" : "ends")
            depth[root]--
            begin_turn(top_of(root), m, p, ns)
        } else if (what[i] == "stop") {
            end_turn(m, ns, how[i])
            busy[g] += ns - since[g]
            if (how[i] == "exit") { ended[g] = 1; change_g(g, "", "", column, ns) }
            else if (how[i] == "gosched") change_g(g, "queue", "gosched", column, ns)
            else change_g(g, "wait", substr(how[i], 6), column, ns)
        } else if (what[i] == "idle" || what[i] == "busy")
            see("-", g)
    }
    for (i = 1; i <= T; i++)
        if (t_how[i] == "" && now_on[t_m[i]] == i) {
            t_to[i] = column
            t_end[i] = last
        }
    # The state at the end gets a column of its own: the last.
    for (g in s_open) {
        still = 1
        s_to[s_open[g]] = column + 1
        if (s_what[s_open[g]] == "wait")
            longest_of(longest_wait, waited_for, g, last - since[g], s_why[s_open[g]])
        if (s_what[s_open[g]] == "queue")
            longest_of(longest_queue, unused, g, last - since[g], "")
        if (s_what[s_open[g]] == "run")
            busy[g] += last - since[g]
    }
    for (m in a_open) {
        still = 1
        a_to[a_open[m]] = column + 1
    }
}

# ---- Words -----------------------------------------------------------------

function label(id) {
    return id in name ? name[id] : id
}

# Times as people read them.
function duration(ns) {
    if (ns < 1000) return ns " ns"
    if (ns < 1e6) return sprintf(ns < 1e4 ? "%.1f us" : "%.0f us", ns / 1000)
    if (ns < 1e9) return sprintf(ns < 1e7 ? "%.1f ms" : "%.0f ms", ns / 1e6)
    return sprintf("%.1f s", ns / 1e9)
}

function xml(text) {
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    gsub(/>/, "\\&gt;", text)
    gsub(/"/, "\\&quot;", text)
    return text
}
