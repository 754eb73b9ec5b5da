# page.awk - from a page as it is written to what Doxygen reads
#
#   awk -v machine=x86_64 -v build=build -v map=FILE -f page.awk PAGE
#
# What a page may say, beside Markdown:
#
#   @num{NAME}              a figure of chapters/numbers.tsv
#   @numbers{NAME NAME...}  a table of them
#   @picture{PROGRAM, ID=NAME ID=NAME, CAPTION}   a recorded run, drawn
#   @player{PROGRAM, ID=NAME ID=NAME, CAPTION}    the same run, step by step
#                           (book/tools/recordings)
#   @claims{N} @failures{N} @exercises{N}         tables for part N
#   @parts                  a table of all parts
#   @all_exercises @all_predictions @all_claims @all_numbers    of all parts
#   @sources                a table of the library's files
#   @reading @doing         minutes, by the number of words and by the labs
#   @go{FILE, LINE, NAME}   Go's source, at a release; @gotip{...} at a commit;
#                           of the runtime, or with its folder: sync/cond.go
#   @machine @other_machine @here @other   this machine and the other one
#   @lab @walkthrough       the pages of this part
#
# A paragraph that begins with **Hint N.**, and what is quoted in the labs, the
# answer to a prediction, are folded until they are asked for. So are the
# answers of "Check yourself", below their questions. The first time that a
# chapter says a word of the glossary, it leads there.
#
# map, if given, gets the line of PAGE for each line that is printed, so that
# a mistake that Doxygen finds is told by the line where it was made.

function out(text) {
    print text
    if (map != "") print FNR > map
}

function problem(text) {
    print FILENAME ":" FNR ": error: " text > "/dev/stderr"
    bad = 1
}

# ---- Figures ----------------------------------------------------------------

function read_numbers(    line, field) {
    while ((getline line < "chapters/numbers.tsv") > 0) {
        if (line ~ /^#/) {
            sub(/^# */, "", line)
            measured = line
            continue
        }
        split(line, field, "\t")
        number[field[1]] = field[2]
        when[field[1]] = measured
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
    return "<span class=\"num\" title=\"" when[name] "\">" number[name] " " unit[name] "</span>"
}

function numbers(names,    n, list, i) {
    n = split(names, list, " ")
    out("| what | measured |")
    out("|---|---:|")
    for (i = 1; i <= n; i++)
        out("| " means[list[i]] " | " figure(list[i]) " |")
    out("")
    out("<div class=\"measured\">" when[list[1]] ". `make numbers` measures anew, on yours.</div>")
}

function all_numbers(    command, path, line, field, names) {
    command = "ls chapters/*/numbers.txt"
    while ((command | getline path) > 0) {
        names = ""
        while ((getline line < path) > 0)
            if (line !~ /^(#|$)/) {
                split(line, field, / *\|/)
                names = names " " field[1]
            }
        close(path)
        heading_of(path)
        numbers(names)
        out("")
    }
    close(command)
}

# ---- Text in tables ---------------------------------------------------------

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

function first_line(path,    line) {
    if ((getline line < path) <= 0)
        line = ""
    close(path)
    return line
}

# The title of a part: its chapter's, or its labs', if it has none yet.
function title_of(folder,    line) {
    line = first_line("chapters/" folder "/chapter.md")
    if (line == "")
        line = first_line("labs/" folder "/lab.md")
    sub(/: labs/, "", line)
    sub(/^# */, "", line)
    sub(/ *\{#.*/, "", line)
    return line
}

function folder_of(path) {
    sub(/\/[^\/]*$/, "", path)
    sub(/.*\//, "", path)
    return path
}

function name_of(folder) {
    gsub(/-/, "_", folder)
    return folder
}

function heading_of(path,    folder) {
    folder = folder_of(path)
    out("")
    out("## " title_of(folder) " {#" page "_" name_of(folder) "}")
    out("")
}

# ---- Claims -----------------------------------------------------------------

function read_seen(    line, ids, words, i) {
    while ((getline line < (build "/book/seen")) > 0) {
        words = split(substr(line, 1, 24), ids, " ")
        for (i = 1; i <= words; i++)
            seen[ids[i]] = substr(line, 37)
    }
    close(build "/book/seen")
}

# What is not simply true stands in a table; what is, folded below it.
function claims(n,    line, field, folded, count, rows) {
    read_seen()
    while ((getline line < "chapters/claims.tsv") > 0) {
        split(line, field, "\t")
        if (field[3] != n)
            continue
        if (field[4] != "true") {
            if (!rows++) {
                out("| number | claim | verdict | what was seen |")
                out("|---|---|---|---|")
            }
            out("| " field[1] " | \"" cell(field[6]) "\" | **" field[4] "** | " cell(seen[field[1]]) " (" field[5] ") |")
        } else {
            folded = folded "<tr><td>" field[1] "</td><td>" html(field[6]) "</td><td>" \
                html(seen[field[1]]) " (" field[5] ")</td></tr>"
            count++
        }
    }
    close("chapters/claims.tsv")
    out("")
    if (count)
        out("<details class=\"hint\"><summary>" count (count == 1 ? " claim that is" : " claims that are") \
            " true</summary><table class=\"markdownTable\"><tr><th>number</th><th>claim</th><th>what was seen</th></tr>" folded "</table></details>")
}

function all_claims(    command, path) {
    command = "ls chapters/*/chapter.md"
    while ((command | getline path) > 0) {
        heading_of(path)
        claims(folder_of(path) + 0)
    }
    close(command)
}

# ---- Exercises --------------------------------------------------------------

# The exercises of one part, or of all, in the order of the labs; predictions
# are asked for by themselves.
function exercises(which, predictions,    command, line, field, last) {
    command = "awk -f labs/tools/exercises.awk labs/" which "/lab.md"
    while ((command | getline line) > 0) {
        split(line, field, "\t")
        if ((field[2] == "prediction") != predictions)
            continue
        if (last != field[7]) {
            if (which == "*")
                heading_of(field[7] "/")
            out(predictions ? "| number | prediction | section | minutes |" : "| number | exercise | kind | minutes |")
            out("|---|---|---|---:|")
            last = field[7]
        }
        out("| " field[1] " | " exercise_link(field[1], field[8]) " | " \
            (predictions ? section_link(field[6], field[6], field[7]) : field[2]) " | " field[5] " |")
    }
    close(command)
}

function exercise_link(which, text) {
    gsub(/\./, "_", which)
    return "@ref lab_" which " \"" text "\""
}

# Plain words, if that chapter is not written.
function section_link(which, text, folder) {
    if (first_line("chapters/" folder "/chapter.md") == "")
        return text
    gsub(/\./, "_", which)
    return "@ref section_" which " \"" text "\""
}

function minutes_of_labs(folder,    command, line, field, sum) {
    command = "test -e labs/" folder "/lab.md && awk -f labs/tools/exercises.awk labs/" folder "/lab.md"
    while ((command | getline line) > 0) {
        split(line, field, "\t")
        sum += field[5]
    }
    close(command)
    return sum + 0
}

# Slowly: it is a text to think about.
function minutes_of_reading(path,    command, words) {
    command = "wc -w < " path
    command | getline words
    close(command)
    return int(words / 80)
}

# ---- Parts ------------------------------------------------------------------

# The parts as the Makefile names them; a row for each that has a chapter, with
# the question that it answers.
function parts(    line, n, list, i, path, question, reading, doing, all_reading, all_doing, rest) {
    while ((getline line < "Makefile") > 0)
        if (line ~ /^PARTS := /) {
            n = split(substr(line, 10), list, " ")
            break
        }
    close("Makefile")
    out("| part | its question | read | do |")
    out("|---|---|---:|---:|")
    for (i = 1; i <= n; i++) {
        path = "chapters/" list[i] "/chapter.md"
        if (first_line(path) == "") {
            rest = rest (rest == "" ? "" : ", ") list[i]
            continue
        }
        question = ""
        while ((getline line < path) > 0 && question == "")
            if (line ~ /^\*\*.*\*\*$/) {
                question = line
                gsub(/\*\*/, "", question)
            }
        close(path)
        reading = minutes_of_reading(path)
        doing = minutes_of_labs(list[i])
        all_reading += reading
        all_doing += doing
        out("| @ref chapter_" name_of(list[i]) " \"" title_of(list[i]) "\" | " question " | " \
            reading " min | " doing " min |")
    }
    out("| all of them | | " hours(all_reading) " | " hours(all_doing) " |")
    out("")
    if (rest != "")
        out("In the library, and not taught yet: `" rest "`.")
}

function hours(minutes) {
    return (minutes < 60 ? "" : int(minutes / 60) " h ") minutes % 60 " min"
}

# The wrong versions of this machine, and those of all machines.
function failures(n,    command, path, file, head, gets, mistake, why) {
    out("| message | what was done | why one does it |")
    out("|---|---|---|")
    command = "ls solutions/" part "/wrong-* solutions/" part "/" machine "/wrong-* 2>/dev/null"
    while ((command | getline path) > 0) {
        mistake = why = gets = ""
        head = "awk -f tests/tools/head.awk " path
        while ((head | getline file) > 0) {
            if (file ~ /^MISTAKE\t/) mistake = substr(file, 9)
            if (file ~ /^WHY\t/) why = substr(file, 5)
            if (file ~ /^GETS\t/) gets = substr(file, 6)
        }
        close(head)
        out("| " cell(gets) " | " cell(mistake) " | " cell(why) " |")
    }
    close(command)
}

# The file is made by book/tools/recordings, which names it by the same rule.
function recorded(kind,    field) {
    split(argument, field, /, */)
    gsub(/[^A-Za-z0-9]+/, "-", field[1])
    out("\\htmlinclude[block] run-" part "-" field[1] "-" kind ".html")
}

# ---- Source files -----------------------------------------------------------

# Each file of the library, with what its head says of it.
function sources(    command, path, name, line, from, about) {
    out("| file | what it is | from |")
    out("|---|---|---|")
    command = "ls " build "/book/src"
    while ((command | getline name) > 0) {
        if (name !~ /\.[ch]$/)
            continue
        path = build "/book/src/" name
        from = about = ""
        while ((getline line < path) > 0 && about == "") {
            if (line ~ /^#line /)
                from = line
            if (match(line, /@file +[^ ]+ +/))
                about = substr(line, RSTART + RLENGTH)
        }
        close(path)
        sub(/^[^"]*"/, "", from)
        sub(/\/[^\/]*"$/, "", from)
        out("| @ref " name " | " cell(about) " | " from " |")
    }
    close(command)
}

# ---- Listings ---------------------------------------------------------------

# Where a listing comes from. If the library has that very file today, its
# lines lead to the whole of it.
function listing(line,    path, mark, from, text, count, found, name) {
    path = line
    sub(/^\\snippet(\{[a-z,]*\})? +/, "", path)
    mark = path
    sub(/ .*/, "", path)
    sub(/^[^ ]* +/, "", mark)
    if ((getline text < path) < 0) {
        problem("there is no file " path)
        return
    }
    do {
        sub(/\r$/, "", text)
        if (index(text, "[" mark "]") && text ~ /\/\/ \[[^]]*\][ \t]*$/)
            count++
    } while ((getline text < path) > 0)
    close(path)
    if (count != 2) {
        problem("[" mark "] should stand twice in " path ", and stands there " count + 0 " times")
        return
    }
    name = path
    sub(/.*\//, "", name)
    if ((getline from < (build "/book/src/" name)) > 0 && index(from, "\"" path "\"") && name ~ /\.[ch]$/) {
        found = name
        sub(/\./, "_8", found)
    }
    close(build "/book/src/" name)
    out("")
    out("<div class=\"listing\">" (found ? "<a href=\"" found "_source.html\">" path "</a>" : path) "</div>")
    out("")
    out(line)
}

# ---- Within a line ----------------------------------------------------------

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

function read_go_lines(    line, field) {
    while ((getline line < "book/go-lines.tsv") > 0) {
        split(line, field, "\t")
        go_line[field[1], field[2], field[3]] = field[4]
    }
    close("book/go-lines.tsv")
}

# A link into Go's source: the list says what stands on that line.
function go_link(release,    field) {
    split(argument, field, /, */)
    if (!((release, field[1], field[2]) in go_line))
        problem(field[1] ":" field[2] " of Go " release " is not in book/go-lines.tsv (book/tools/go-lines adds what stands there)")
    else if (!index(go_line[release, field[1], field[2]], field[3]))
        problem(field[1] ":" field[2] " of Go " release " does not name " field[3])
    return before "[" field[3] "](https://github.com/golang/go/blob/" release "/src/" \
        (field[1] ~ /\// ? "" : "runtime/") field[1] "#L" field[2] ")" after
}

function expand(line) {
    while (find(line, "num"))
        line = before figure(argument) after
    while (find(line, "go"))
        line = go_link(GO)
    while (find(line, "gotip"))
        line = go_link(GO_TIP)
    if (line ~ /@reading/) gsub(/@reading/, minutes_of_reading(FILENAME), line)
    if (line ~ /@doing/) gsub(/@doing/, minutes_of_labs(part), line)
    gsub(/@other_machine/, other == "x86_64" ? "x86-64" : "aarch64", line)
    gsub(/@machine/, machine == "x86_64" ? "x86-64" : "aarch64", line)
    gsub(/@other/, other, line)
    gsub(/@here/, machine, line)
    gsub(/@lab/, "@ref lab_" id " \"the labs\"", line)
    gsub(/@walkthrough/, "@ref walkthrough_" id " \"the walkthrough\"", line)
    return line
}

# ---- The glossary -----------------------------------------------------------

# - **term, terms**: what it means. Each form of the word is found; the first
# one names the place. A longer term is looked for before a shorter one, which
# may be a part of it.
function read_glossary(    line, forms, n, i, j, list) {
    while ((getline line < "book/glossary.md") > 0) {
        if (line !~ /^- \*\*/)
            continue
        forms = line
        sub(/^- \*\*/, "", forms)
        sub(/\*\*.*/, "", forms)
        n = split(forms, list, /, */)
        for (i = 1; i <= n; i++) {
            for (j = ++terms; j > 1 && length(term[j - 1]) < length(list[i]); j--) {
                term[j] = term[j - 1]
                place[j] = place[j - 1]
            }
            term[j] = list[i]
            place[j] = anchor_of(list[1])
        }
    }
    close("book/glossary.md")
}

function anchor_of(text) {
    text = tolower(text)
    gsub(/[^a-z0-9]+/, "_", text)
    gsub(/^_|_$/, "", text)
    return text
}

# Prose between backquotes, links and markup: only there a word is linked.
function link_terms(line,    pieces, piece, i, t, at, low) {
    pieces = split(line, piece, "`")
    for (i = 1; i <= pieces; i += 2) {
        if (piece[i] ~ /[][<>@"|*]/)
            continue
        low = " " tolower(piece[i]) " "
        gsub(/[^a-z0-9-]/, " ", low)
        for (t = 1; t <= terms; t++) {
            at = index(low, " " tolower(term[t]) " ")
            if (!at || place[t] in linked)
                continue
            linked[place[t]] = 1
            piece[i] = substr(piece[i], 1, at - 1) "@ref term_" place[t] " \"" \
                substr(piece[i], at, length(term[t])) "\"" substr(piece[i], at + length(term[t]))
            break       # one a piece: what follows has moved
        }
    }
    line = piece[1]
    for (i = 2; i <= pieces; i++)
        line = line "`" piece[i]
    return line
}

# ---- The page ---------------------------------------------------------------

BEGIN {
    GO = "go1.19.8"
    GO_TIP = "4a38cb0f9de9b7978cf361b0ca664ec853b508d7"
    other = machine == "x86_64" ? "aarch64" : "x86_64"
    read_numbers()
    read_go_lines()
}

FNR == 1 {
    part = folder_of(FILENAME)
    id = name_of(part)
    kind = FILENAME
    sub(/.*\//, "", kind)
    sub(/\.md$/, "", kind)
    page = part == "book" ? kind : kind "_" id
    if (kind == "chapter")
        read_glossary()
    # Pages are linked by name.
    if ($0 ~ /^# / && $0 !~ /\{#/) {
        out($0 " {#" page "}")
        next
    }
}

# Commands and programs are shown as they are.
/^    / || /^\t/ { out($0); next }

/^@numbers\{/  { find($0, "numbers"); numbers(argument); next }
/^@exercises\{/ { exercises(part, 0); next }
/^@claims\{/   { find($0, "claims"); claims(argument); next }
/^@failures\{/ { find($0, "failures"); failures(argument); next }
/^@parts$/           { parts(); next }
/^@all_exercises$/   { exercises("*", 0); next }
/^@all_predictions$/ { exercises("*", 1); next }
/^@all_claims$/      { all_claims(); next }
/^@all_numbers$/     { all_numbers(); next }
/^@sources$/         { sources(); next }
/^@picture\{/ { find($0, "picture"); recorded("picture"); next }
/^@player\{/  { find($0, "player"); recorded("player"); next }
/^\\snippet/ { listing(expand($0)); next }

# Every section has a name to be linked by: section_1_2 in a chapter, lab_1_2,
# walkthrough_1_2; elsewhere the page's and its own words.
/^## / && !/\{#/ {
    folding = kind == "walkthrough" && $0 ~ /^## Check yourself/
    if ($2 ~ /^[0-9]+\.[0-9a-z]+$/)
        name = (kind == "chapter" ? "section" : kind) "_" anchor_of($2)
    else
        name = page "_" anchor_of(substr($0, 4))
    out(expand($0) " {#" name "}")
    next
}

/^#/ { out(expand($0)); next }

/^\*\*Hint [0-9]+\.\*\* / {
    line = expand($0)
    match(line, /Hint [0-9]+/)
    hint = substr(line, RSTART, RLENGTH)
    sub(/^\*\*Hint [0-9]+\.\*\* /, "", line)
    out("<details class=\"hint\"><summary>" hint "</summary>" line "</details>")
    next
}

/^> / && kind == "lab" {
    line = expand($0)
    sub(/^> /, "", line)
    out("<details class=\"hint\"><summary>After your answer</summary>" line "</details>")
    next
}

# An exercise's line says where the book prepares it.
/^\*.* · book [0-9]+\.[0-9]+\*$/ && kind == "lab" {
    line = $0
    match(line, /[0-9]+\.[0-9]+\*$/)
    section = substr(line, RSTART, RLENGTH - 1)
    out("<em>" expand(substr(line, 2, RSTART - 7)) section_link(section, "book " section, part) "</em>")
    next
}

# An answer stands folded below its question, which the chapter asks.
folding && /^[0-9]+\. / {
    line = expand($0)
    sub(/^[0-9]+\. /, "", line)
    out("<details class=\"hint\"><summary>" question_of($1) "</summary>" line "</details>")
    next
}

function question_of(which,    path, line, asking) {
    path = "chapters/" part "/chapter.md"
    while ((getline line < path) > 0) {
        if (line ~ /^## /)
            asking = line ~ /Check yourself/
        if (asking && index(line, which " ") == 1) {
            close(path)
            line = expand(line)
            # Doxygen wants no markup in a summary.
            gsub(/<\/?span[^>]*>/, "", line)
            return line
        }
    }
    close(path)
    problem("the chapter does not ask question " which)
    return which
}

/^- \*\*/ && kind == "glossary" {
    line = $0
    sub(/^- \*\*/, "", line)
    forms = line
    sub(/\*\*.*/, "", forms)
    sub(/^[^*]*\*\*/, "", line)
    first = forms
    sub(/,.*/, "", first)
    out("- @anchor term_" anchor_of(first) " **" first "**" expand(line))
    next
}

{ out(kind == "chapter" ? link_terms(expand($0)) : expand($0)) }

END { if (bad) exit 2 }
