# finish.awk - from Doxygen's pages to the book's
#
#   awk -v to=DIR -f finish.awk pass=0 PAGES pass=1 *.html pass=2 *.html
#
# PAGES is what book/tools/pages prints. The first pass over the pages notes
# which listing names which function; the second writes them to DIR:
#
#   - the tree marks the page that it stands on
#   - the title is the one heading of the first level, sections are of the second
#   - a name of goroutine.h leads there, not to the file that defines it
#   - a function's reference names the listings in which it is shown
#   - a listing's line leads to that line of the whole file
#   - at the end stand the page before and the page after

# ---- The pages, in reading order --------------------------------------------

pass == 0 {
    split($0, field, "\t")
    n_pages++
    file_of[n_pages] = field[1] ".html"
    title[n_pages] = field[3]
    rank[field[1] ".html"] = n_pages
    next
}

FNR == 1 {
    base = FILENAME
    sub(/.*\//, "", base)
    is_page = base in rank
    at = is_page ? rank[base] : 0
    listed = where = section = where_said = ""
    if (pass == 2) {
        if (output) close(output)
        output = to "/" base
    }
}

# ---- What is where ----------------------------------------------------------

# The heading that we are below; its name comes on a line, its words on the next.
/<h[1-6][^>]*><a class="anchor" id="/ || /^<h[1-6][^>]*id="/ {
    where = $0
    sub(/.* id="/, "", where)
    sub(/".*/, "", where)
    section = ""
    where_said = $0 ~ /<\/h[1-6]>/ ? $0 : ""
    if (where_said == "") expecting = 1
}
expecting && /<\/h[1-6]>/ { where_said = $0; expecting = 0 }
where_said != "" {
    section = where_said
    gsub(/<[^>]*>/, "", section)
    gsub(/^ +| +$/, "", section)
    where_said = ""
}

pass == 1 && base == "goroutine_8h.html" && /<h2 class="memtitle">/ {
    public[anchor_in($0)] = 1
}

pass == 1 && is_page && /class="line"/ { note_listing($0) }

pass == 1 { next }

function anchor_in(line) {
    if (!match(line, /href="#[0-9a-z_]+"/))
        return ""
    return substr(line, RSTART + 7, RLENGTH - 8)
}

# Each function that this line of a listing names, once a section.
function note_listing(line,    rest, anchor) {
    rest = line
    while (match(rest, /class="code hl_function" href="[^"]*#[0-9a-z_]+"/)) {
        anchor = substr(rest, RSTART, RLENGTH - 1)
        sub(/.*#/, "", anchor)
        rest = substr(rest, RSTART + RLENGTH)
        if ((anchor, base, where) in noted)
            continue
        noted[anchor, base, where] = 1
        shown[anchor] = shown[anchor] (anchor in shown ? ", " : "") \
            "<a href=\"" base (where ? "#" where : "") "\">" \
            title[rank[base]] (section ? ", " section : "") "</a>"
    }
}

# Doxygen's own lists of everything: ours are shorter, and the search finds the rest.
base ~ /^(doxygen_crawl|files|annotated|classes|pages|topics|functions.*|globals.*|dir_.*|.*_8md|.*_8md_source)\.html$/ { next }

# ---- Writing ----------------------------------------------------------------

/<nav id="tree"/ { in_tree = 1 }
in_tree {
    if (index($0, "href=\"" base "\""))
        sub(/href=/, "aria-current=\"page\" href=")
    # The part in which we are is open.
    if (/<details/ && is_page && match($0, /data-part="[^"]*"/)) {
        part = substr($0, RSTART + 11, RLENGTH - 12)
        if (index(base, "_" part ".html"))
            sub(/<details/, "<details open=\"open\"")
    }
}
/<\/nav>/ { in_tree = 0 }

/<div class="title">/ {
    sub(/<div class="title">/, "<h1 class=\"title\">")
    if (!sub(/ *<\/div>/, "</h1>"))
        title_goes_on = 1
    sub(/ File Reference/, "")
}
title_goes_on && !/<h1 class="title">/ && sub(/<\/div>/, "</h1>") { title_goes_on = 0 }

is_page || base == "index.html" || base == "contents.html" {
    if (!/class="title"/) {
        gsub(/<h3/, "<h4"); gsub(/<\/h3>/, "</h4>")
        gsub(/<h2/, "<h3"); gsub(/<\/h2>/, "</h3>")
        gsub(/<h1/, "<h2"); gsub(/<\/h1>/, "</h2>")
    }
    gsub(/<table class="markdownTable">/, "<div class=\"wide\"><table class=\"markdownTable\">")
    gsub(/<\/table>/, "</table></div>")
    gsub(/<div class="wide"><div class="wide">/, "<div class=\"wide\">")
}

# A heading that says nothing is none.
/<th class="markdownTableHead[A-Za-z]*"> *<\/th>/ {
    gsub(/<th class="markdownTableHead[A-Za-z]*"> *<\/th>/, "<td></td>")
}

/<div class="listing">/ {
    listed = ""
    if (match($0, /href="[^"]*_source.html"/))
        listed = substr($0, RSTART + 6, RLENGTH - 7)
}

is_page && /<span class="lineno">/ {
    # Two listings may show the same line: it has no name here.
    gsub(/<a id="l[0-9]+" name="l[0-9]+"><\/a>/, "")
    if (listed && match($0, /<span class="lineno"> *[0-9]+<\/span>/)) {
        number = substr($0, RSTART + 21, RLENGTH - 28)
        digits = number
        gsub(/ /, "", digits)
        $0 = substr($0, 1, RSTART + 20) "<a href=\"" listed "#l" sprintf("%05d", digits) \
            "\" tabindex=\"-1\">" number "</a>" substr($0, RSTART + RLENGTH - 7)
    }
}

# A whole file: a place has one name, an empty comment is none, and a variable of
# a function does not lead to another of its name elsewhere.
base ~ /_source\.html$/ && /class="line"/ {
    gsub(/ name="l[0-9]+"/, "")
    gsub(/<span class="comment"><\/span>/, "")
    while (match($0, /<a class="code hl_variable"[^>]*>[^<]*<\/a>/)) {
        word = substr($0, RSTART, RLENGTH - 4)
        sub(/.*>/, "", word)
        $0 = substr($0, 1, RSTART - 1) word substr($0, RSTART + RLENGTH)
    }
}

# Doxygen 1.10 and later have a span where there was code.
/<span class="tt">/ {
    rest = $0
    line = ""
    while ((start = index(rest, "<span class=\"tt\">"))) {
        line = line substr(rest, 1, start - 1) "<code>"
        rest = substr(rest, start + 17)
        if ((end = index(rest, "</span>"))) {
            line = line substr(rest, 1, end - 1) "</code>"
            rest = substr(rest, end + 7)
        }
    }
    $0 = line rest
}
{ gsub(/<a href="doxygen_crawl.html"><\/a>/, "") }

# A command is no function: `make try` has nothing to do with a make() in C.
is_page || base == "index.html" {
    while (match($0, /<a class="el" href="[^"]*_8[ch]\.html#a[0-9a-f]+"[^>]*>[a-z]+<\/a>/)) {
        word = substr($0, RSTART, RLENGTH - 4)
        sub(/.*>/, "", word)
        $0 = substr($0, 1, RSTART - 1) word substr($0, RSTART + RLENGTH)
    }
}

# From the file that defines it to the one header.
/href="[a-z0-9_]+_8[ch]\.html#a[0-9a-f]+"/ && base !~ /^goroutine_8/ {
    rest = $0
    line = ""
    while (match(rest, /href="[a-z0-9_]+_8[ch]\.html#a[0-9a-f]+"/)) {
        link = substr(rest, RSTART, RLENGTH)
        anchor = link
        sub(/.*#/, "", anchor)
        sub(/"/, "", anchor)
        if (anchor in public)
            link = "href=\"goroutine_8h.html#" anchor "\""
        line = line substr(rest, 1, RSTART - 1) link
        rest = substr(rest, RSTART + RLENGTH)
    }
    $0 = line rest
}

/<h2 class="memtitle">/ { member = anchor_in($0) }

{ print >output }

/<div class="memdoc">/ && member in shown {
    printf "<p class=\"shown\">Shown in %s.</p>\n", shown[member] >output
    member = ""
}

/<!-- contents -->/ && (is_page || base == "index.html") {
    print "<nav class=\"neighbours\" aria-label=\"Before and after\">" >output
    if (is_page)
        neighbour("prev", at == 1 ? "index.html" : file_of[at - 1], at == 1 ? "The goroutine workbook" : title[at - 1])
    if (at < n_pages)
        neighbour("next", file_of[at + 1], title[at + 1])
    else
        neighbour("next", "goroutine_8h.html", "The library: goroutine.h")
    print "</nav>" >output
}

function neighbour(rel, file, words) {
    printf "<a rel=\"%s\" href=\"%s\"><span>%s</span>%s</a>\n", rel, file,
        (rel == "prev" ? "Before" : "Next"), words >output
}
