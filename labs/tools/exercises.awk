# exercises.awk - the exercises that a lab.md describes, one line each:
#
#   id  kind  name  file  minutes  book  part  title        (separated by tabs)
#
# In lab.md an exercise is a heading and a line in italics:
#
#   ## 1.4 The switch
#
#   *Assembly · body `gobuf-switch` in `gobuf.S` · 40 minutes · book 1.5*
#
# `name` is the lab mark, or the program; `file` is "-" for a program.

function wrong(text) {
    print FILENAME ":" FNR ": " text > "/dev/stderr"
    exit 2
}

function quoted(text, n,    piece) {
    split(text, piece, "`")
    return piece[2 * n]
}

/^## [0-9]+\.[0-9a-z]+ / {
    id = $2
    title = $0
    sub(/^## [^ ]+ /, "", title)
    part = FILENAME
    sub(/\/lab\.md$/, "", part)
    sub(/.*\//, "", part)
    next
}

id != "" && /^\*/ {
    line = $0
    gsub(/^\*|\*$/, "", line)
    if (split(line, field, / · /) != 4)
        wrong("an exercise's line has four parts, with · between them.")
    kind = tolower(field[1])
    name = quoted(field[2], 1)
    file = quoted(field[2], 2)
    minutes = field[3]
    sub(/ minutes?$/, "", minutes)
    book = field[4]
    sub(/^book /, "", book)
    if (kind !~ /^(one line|function|assembly|parsons problem|program|schedules|prediction)$/)
        wrong("`" kind "` is no kind of exercise.")
    if (name == "")
        wrong("an exercise names its body or program in backquotes.")
    printf "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", id, kind, name,
        (file == "" ? "-" : file), minutes, book, part, title
    id = ""
}
