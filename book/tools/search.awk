# search.awk - what the book's search reads: search-index.js
#
#   awk -f search.awk PAGES HTML...     (PAGES: what book/tools/pages prints)
#
# A section a row: page, place on it, heading, and its words as plain text. So a
# search is a walk over the text, and what is found can be shown in its
# sentence. The reference gives a row for each function.

function plain(text) {
    gsub(/<\/(td|th|p|li|div|pre|h[1-6]|summary|text)>/, " ", text)
    gsub(/<[^>]*>/, "", text)
    gsub(/&#160;|&nbsp;/, " ", text)
    gsub(/&#9670;/, "", text)
    gsub(/&lt;/, "<", text)
    gsub(/&gt;/, ">", text)
    gsub(/&quot;/, "\"", text)
    gsub(/&#39;/, "'", text)
    gsub(/&amp;/, "\\&", text)
    gsub(/[ \t\r]+/, " ", text)
    sub(/^ /, "", text)
    sub(/ $/, "", text)
    return text
}

function quoted(text) {
    gsub(/\\/, "\\\\", text)
    gsub(/"/, "\\\"", text)
    return "\"" text "\""
}

function end_section() {
    if (heading != "" && page >= 0 && (place != "" || words != ""))
        printf "%s[%d,%s,%s,%s]", (rows++ ? ",\n" : ""), page, quoted(place), quoted(heading), quoted(substr(words, 1, limit))
    words = ""
}

function begin_page(name, base) {
    pages = pages (pages == "" ? "" : ",\n") "[" quoted(base) "," quoted(name) "]"
    page = count++
    heading = name
    place = ""
    words = ""
}

BEGIN { printf "bookIndex({rows: [\n" }

NR == FNR {
    split($0, field, "\t")
    title[field[1] ".html"] = field[3]
    next
}

FNR == 1 {
    end_section()
    base = FILENAME
    sub(/.*\//, "", base)
    page = -1
    reference = !(base in title) && base != "index.html"
    # A listing of all is not for reading: its functions have names.
    limit = reference ? 200 : 100000
    inside = 0
}

/<h1 class="title">/ {
    name = plain($0)
    begin_page(base in title ? title[base] : name, base)
    inside = 1
    next
}

!inside { next }
/<nav class="neighbours"/ || /<!-- contents -->/ || /<p class="definition"/ { inside = /definition/; if (!inside) end_section(); next }
/<table class="memberdecls"/ { skipping = 1 }
/<\/table>/ && skipping { skipping = 0; next }
skipping { next }

/<h2 class="memtitle">/ {
    end_section()
    heading = plain($0)
    place = ""
    if (match($0, /href="#[^"]*"/))
        place = substr($0, RSTART + 7, RLENGTH - 8)
    memproto = 0
    next
}
/<div class="memproto">/ { memproto = 1 }
memproto { if (/<div class="memdoc">/) memproto = 0; next }

/<h[2-4][^>]*>/ && (/class="anchor" id="/ || /<h[2-4][^>]* id="/) {
    end_section()
    place = $0
    sub(/.* id="/, "", place)
    sub(/".*/, "", place)
    heading = plain($0)
    waiting = heading == ""
    next
}
waiting { heading = plain($0); waiting = 0; next }

{
    text = plain($0)
    if (text != "")
        words = words (words == "" ? "" : " ") text
}

END {
    end_section()
    printf "\n], pages: [\n%s\n]});\n", pages
}
