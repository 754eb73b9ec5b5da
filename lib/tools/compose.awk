# compose.awk - the part of compose that reads and writes files.
#
# Input, in order: "lib FILE", "mine FILE", "wrong FILE", "only MARK",
# "old NAME".

function base(path) {
    sub(/.*\//, "", path)
    return path
}

function problem(text) {
    print text > "/dev/stderr"
    problems++
}

# Each mark of our file must stand twice in the learner's, and no other may.
function check_marks(path, ours,    i, name, count) {
    for (i = 1; i <= M[ours]; i++) {
        name = M[ours, i]
        count = M[path, name, "count"] + 0
        if (count == 2)
            continue
        problem(path ": the line `// [lab " name "]` stands " count " time" \
            (count == 1 ? "" : "s") " here, and must stand twice,\n" \
            "  before and after the body, as in " ours ".\n" \
            "  Put it back by hand, or type: make reset LAB=" name " (keeps a copy)")
    }
    for (i = 1; i <= M[path]; i++) {
        name = M[path, i]
        if (!((ours, name, "count") in M))
            problem(path ":" M[path, name, "from"] ": there is no exercise `" \
                name "` in " ours ".\n  Remove the marks, or correct their name.")
    }
}

# Our own marks must be sound, too.
function check_ours(path,    i, name) {
    for (i = 1; i <= M[path]; i++) {
        name = M[path, i]
        if (M[path, name, "count"] != 2)
            problem(path ": the mark [lab " name "] stands " \
                M[path, name, "count"] " times, and must stand twice.")
        if (name in home && base(home[name]) != base(path))
            problem(path ": the mark [lab " name "] is used in " home[name] " too.")
        home[name] = path
    }
}

{
    kind = $1
    path = substr($0, length(kind) + 2)
    name = base(path)
}

kind == "only" {
    only[path] = restricted = 1
}

kind == "old" {
    old[path] = 1
}

kind == "lib" {
    if (read_marked(path) < 0)
        problem(path ": cannot be read.")
    check_ours(path)
    winner[name] = path
    delete filler[name]
}

kind == "mine" {
    if (!(name in winner)) {
        program = path
        sub(/\/[^\/]*$/, "", program)
        program = "solutions/" base(program) "/" name
        if ((getline line < program) > 0)
            close(program)
        else
            problem(path ": replaces nothing: no part up to here has a file " name ".\n" \
                "  The nearest name is " nearest(name, winner) ". Rename it, or move it out of work/.")
        next
    }
    if (read_marked(path) < 0)
        problem(path ": cannot be read.")
    else
        check_marks(path, winner[name])
    filler[name] = winner[name]
    winner[name] = path
}

kind == "wrong" {
    only_changed = 1
    if (read_marked(path) < 0 || M[path] == 0)
        problem(path ": has no body between lab marks.")
    for (i = 1; i <= M[path]; i++) {
        mark = M[path, i]
        if (!(mark in home)) {
            problem(path ": no file has the mark [lab " mark "].")
            continue
        }
        over[base(home[mark]), mark] = path
        changed[base(home[mark])] = 1
    }
}

# The text of a winner. Bodies may come from elsewhere; #line says from where.
function compose(name,    path, text, i, j, mark, from) {
    path = winner[name]
    text = "#line 1 \"" path "\"\n"
    for (i = 1; i <= L[path]; i++) {
        text = text L[path, i] "\n"
        mark = mark_of(L[path, i])
        if (mark == "" || i != M[path, mark, "from"])
            continue
        if ((name, mark) in over)
            from = over[name, mark]
        else if (name in filler && ((restricted && !(mark in only)) || !is_written(path, mark)))
            from = filler[name]
        else
            continue
        j = M[from, mark, "from"] + 1
        text = text "#line " j " \"" from "\"\n"
        for (; j < M[from, mark, "to"]; j++)
            text = text L[from, j] "\n"
        i = M[path, mark, "to"] - 1
        text = text "#line " i + 1 " \"" path "\"\n"
    }
    return text
}

function contents(path,    text, line) {
    text = ""
    while ((getline line < path) > 0)
        text = text line "\n"
    close(path)
    return text
}

function quoted(text) {
    gsub(/'/, "'\\''", text)
    return "'" text "'"
}

END {
    if (problems)
        exit 3
    for (name in winner) {
        if (only_changed && !(name in changed))
            continue
        delete old[name]
        text = compose(name)
        if (text == contents(dest "/" name))
            continue
        # A whole file or none: written aside, then renamed. Not every awk
        # tells that the disk was full, so what is there is read.
        printf "%s", text > new
        if (close(new) != 0 || contents(new) != text)
            exit 1
        if (system("mv -f " quoted(new) " " quoted(dest "/" name)) != 0)
            exit 1
    }
    for (name in old)
        system("rm -f " quoted(dest "/" name))
}
