# marks.awk - what lab marks are. Used by compose and starter.
#
#   // [lab NAME]
#   the body
#   // [lab NAME]

# The name of the mark on this line, or "".
function mark_of(line,    name) {
    if (line !~ /^[ \t]*\/\/ \[lab [a-z0-9-]+\][ \t\r]*$/)
        return ""
    name = line
    sub(/^[ \t]*\/\/ \[lab /, "", name)
    sub(/\][ \t\r]*$/, "", name)
    return name
}

# Read a file into L[path, 1..n] and return n; its marks into
# M[path, name, "from"|"to"|"count"] (the lines of the marks themselves), their
# names, in order, into M[path, 1..M[path]]. -1 if it cannot be read.
# An editor of another system may have ended the lines with a return, too.
function read_marked(path,    line, n, name, got) {
    n = 0
    M[path] = 0
    while ((got = (getline line < path)) > 0) {
        sub(/\r$/, "", line)
        L[path, ++n] = line
        name = mark_of(line)
        if (name == "")
            continue
        if (++M[path, name, "count"] == 1) {
            M[path, ++M[path]] = name
            M[path, name, "from"] = n
        } else {
            M[path, name, "to"] = n
        }
    }
    close(path)
    L[path] = n
    return got < 0 ? -1 : n
}

# Whether the body of a mark holds anything but comments. (# begins a comment in
# assembly, and in C a directive, which does not make a body either.)
function is_written(path, name,    i, line, inside) {
    for (i = M[path, name, "from"] + 1; i < M[path, name, "to"]; i++) {
        line = L[path, i]
        # Leave out block comments at the beginning, one after the other.
        while (inside || line ~ /^[ \t]*\/\*/) {
            if (!inside)
                line = substr(line, index(line, "/*") + 2)
            inside = !index(line, "*/")
            line = inside ? "" : substr(line, index(line, "*/") + 2)
            if (inside)
                break
        }
        if (line !~ /^[ \t]*($|\/\/|#)/)
            return 1
    }
    return 0
}
