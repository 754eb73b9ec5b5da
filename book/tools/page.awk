# page.awk - from a page as it is written to what Doxygen reads
#
#   awk -v machine=x86_64 -v build=build -f page.awk PAGE
#
# What a page may say, beside Markdown:
#
#   @num{NAME}              a figure of chapters/numbers.tsv
#   @numbers{NAME NAME...}  a table of them
#   @picture{PROGRAM, ID=NAME ID=NAME, CAPTION}   a recorded run, drawn
#   @claims{N} @failures{N} @exercises{N}         tables for part N
#   @reading @doing         minutes, by the number of words and by the labs
#   @go{FILE, LINE, NAME}   Go's source, at a release; @gotip{...} at a commit
#   @machine @other_machine @here @other   this machine and the other one
#   @lab @walkthrough       the pages of this part
#
# A paragraph that begins with **Hint N.**, and what is quoted in the labs, the
# answer to a prediction, are folded until they are asked for.

function problem(text) {
    print FILENAME ":" FNR ": " text > "/dev/stderr"
    bad = 1
}

function read_numbers(    line, field) {
    while ((getline line < "chapters/numbers.tsv") > 0) {
        if (line ~ /^#/) {
            sub(/^# */, "", line)
            measured = line
            continue
        }
        split(line, field, "\t")
        number[field[1]] = field[2]
        unit[field[1]] = field[3]
        means[field[1]] = field[4]
    }
    close("chapters/numbers.tsv")
}

function figure(name) {
    if (!(name in number)) {
        problem("no number is called " name " (make numbers)")
        return name
    }
    return "<span class=\"num\" title=\"" measured "\">" number[name] " " unit[name] "</span>"
}

function html(text) {
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    gsub(/>/, "\\&gt;", text)
    return text
}

# In a cell of a table, text must not look like markup.
function cell(text) {
    text = html(text)
    gsub(/\|/, "/", text)
    gsub(/[`*]/, "", text)
    gsub(/@/, "@@", text)
    return text
}

function numbers(names,    n, list, i) {
    n = split(names, list, " ")
    print "| what | measured |"
    print "|---|---:|"
    for (i = 1; i <= n; i++)
        print "| " means[list[i]] " | " figure(list[i]) " |"
    print ""
    print "<p class=\"measured\">" measured ". `make numbers` measures anew, on yours.</p>"
}

# What is not simply true stands in a table; what is, folded below it.
function claims(n,    line, field, id, ids, i, words, folded, count) {
    while ((getline line < (build "/book/seen")) > 0) {
        words = split(substr(line, 1, 24), ids, " ")
        for (i = 1; i <= words; i++)
            seen[ids[i]] = substr(line, 37)
    }
    close(build "/book/seen")
    print "| | claim | verdict | what was seen |"
    print "|---|---|---|---|"
    while ((getline line < "chapters/claims.tsv") > 0) {
        split(line, field, "\t")
        if (field[3] != n)
            continue
        if (field[4] != "true") {
            print "| " field[1] " | \"" cell(field[6]) "\" | **" field[4] "** | " cell(seen[field[1]]) " (" field[5] ") |"
        } else {
            folded = folded "<tr><td>" field[1] "</td><td>" html(field[6]) "</td><td>" \
                html(seen[field[1]]) " (" field[5] ")</td></tr>"
            count++
        }
    }
    close("chapters/claims.tsv")
    print ""
    print "<details class=\"hint\"><summary>" count " claims that are true</summary><table class=\"markdownTable\">" folded "</table></details>"
}

# The exercises, in the order of the labs; predictions have a section of their own.
function exercises(    command, line, field) {
    print "| | exercise | kind | minutes |"
    print "|---|---|---|---:|"
    command = "awk -f labs/tools/exercises.awk labs/" part "/lab.md"
    while ((command | getline line) > 0) {
        split(line, field, "\t")
        if (field[2] != "prediction")
            print "| " field[1] " | " field[8] " | " field[2] " | " field[5] " |"
    }
    close(command)
}

function minutes_of_labs(    command, line, field, sum) {
    command = "awk -f labs/tools/exercises.awk labs/" part "/lab.md"
    while ((command | getline line) > 0) {
        split(line, field, "\t")
        sum += field[5]
    }
    close(command)
    return sum
}

# Slowly: it is a text to think about.
function minutes_of_reading(    command, words) {
    command = "wc -w < " FILENAME
    command | getline words
    close(command)
    return int(words / 80)
}

# The wrong versions of this machine, and those of all machines.
function failures(n,    command, path, file, head, gets, mistake, why) {
    print "| message | what was done | why one does it |"
    print "|---|---|---|"
    command = "ls solutions/" part "/wrong-* solutions/" part "/" machine "/wrong-*"
    while ((command | getline path) > 0) {
        mistake = why = gets = ""
        head = "awk -f tests/tools/head.awk " path
        while ((head | getline file) > 0) {
            if (file ~ /^MISTAKE\t/) mistake = substr(file, 9)
            if (file ~ /^WHY\t/) why = substr(file, 5)
            if (file ~ /^GETS\t/) gets = substr(file, 6)
        }
        close(head)
        print "| " cell(gets) " | " cell(mistake) " | " cell(why) " |"
    }
    close(command)
}

# The next argument of @name{...} on this line; sets before, argument, after.
function find(line, name,    start, end) {
    start = index(line, "@" name "{")
    if (!start)
        return 0
    before = substr(line, 1, start - 1)
    after = substr(line, start + length(name) + 2)
    end = index(after, "}")
    argument = substr(after, 1, end - 1)
    after = substr(after, end + 1)
    return 1
}

function expand(line,    field) {
    while (find(line, "num"))
        line = before figure(argument) after
    while (find(line, "go")) {
        split(argument, field, /, */)
        line = before "[" field[3] "](https://github.com/golang/go/blob/go1.19.8/src/runtime/" \
            field[1] "#L" field[2] ")" after
    }
    while (find(line, "gotip")) {
        split(argument, field, /, */)
        line = before "[" field[3] \
            "](https://github.com/golang/go/blob/4a38cb0f9de9b7978cf361b0ca664ec853b508d7/src/runtime/" \
            field[1] "#L" field[2] ")" after
    }
    if (line ~ /@reading/) gsub(/@reading/, minutes_of_reading(), line)
    if (line ~ /@doing/) gsub(/@doing/, minutes_of_labs(), line)
    gsub(/@other_machine/, other == "x86_64" ? "x86-64" : "aarch64", line)
    gsub(/@machine/, machine == "x86_64" ? "x86-64" : "aarch64", line)
    gsub(/@other/, other, line)
    gsub(/@here/, machine, line)
    gsub(/@lab/, "@ref lab_" id " \"the labs\"", line)
    gsub(/@walkthrough/, "@ref walkthrough_" id " \"the walkthrough\"", line)
    return line
}

BEGIN {
    other = machine == "x86_64" ? "aarch64" : "x86_64"
    read_numbers()
}

FNR == 1 {
    part = FILENAME
    sub(/\/[^\/]*$/, "", part)
    sub(/.*\//, "", part)
    id = part
    gsub(/-/, "_", id)
    kind = FILENAME
    sub(/.*\//, "", kind)
    sub(/\.md$/, "", kind)
    # Pages are linked by name.
    if ($0 ~ /^# / && $0 !~ /\{#/) {
        print $0 " {#" kind "_" id "}"
        next
    }
}

# Commands and programs are shown as they are.
/^    / || /^\t/ { print; next }

/^@numbers\{/  { find($0, "numbers"); numbers(argument); next }
/^@exercises\{/ { exercises(); next }
/^@claims\{/   { find($0, "claims"); claims(argument); next }
/^@failures\{/ { find($0, "failures"); failures(argument); next }
/^@picture\{/ {
    find($0, "picture")
    split(argument, field, /, */)
    print "\\htmlinclude[block] " field[1] ".html"
    next
}

/^## [0-9]+\.[0-9a-z]+ / && kind == "lab" {
    anchor = $2
    gsub(/\./, "_", anchor)
    print $0 " {#lab_" anchor "}"
    next
}

/^## [0-9]+\.[0-9]+ / && kind == "chapter" {
    anchor = $2
    gsub(/\./, "_", anchor)
    print $0 " {#section_" anchor "}"
    next
}

/^\*\*Hint [0-9]+\.\*\* / {
    line = expand($0)
    match(line, /Hint [0-9]+/)
    hint = substr(line, RSTART, RLENGTH)
    sub(/^\*\*Hint [0-9]+\.\*\* /, "", line)
    print "<details class=\"hint\"><summary>" hint "</summary>" line "</details>"
    next
}

/^> / && kind == "lab" {
    line = expand($0)
    sub(/^> /, "", line)
    print "<details class=\"hint\"><summary>After your answer</summary>" line "</details>"
    next
}

{ print expand($0) }

END { if (bad) exit 2 }
