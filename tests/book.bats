#!/usr/bin/env bats
# The book: it builds without a warning, what it shows is so, and its links lead
# somewhere.

load tools/test

html() { echo "$BUILD/book/html"; }
machine() { uname -m; }

setup_file() {
    cd "$BATS_TEST_DIRNAME/.." || exit 1
    "$MAKE" -s book >"$BATS_FILE_TMPDIR/log" 2>&1 || { cat "$BATS_FILE_TMPDIR/log"; return 1; }
}

pages() { book/tools/pages | cut -f2; }

@test "the book builds, and Doxygen has nothing to say" {
    rm -f "$BUILD/book/stamp"
    run "$MAKE" -s book
    show
    [ "$status" -eq 0 ]
    no grep -i -E 'warning|error' "$BUILD/book/log"
    [ -s "$(html)/index.html" ]
}

@test "a mistake on a page fails the build, and is told by file, line and words" {
    copy=$BATS_TEST_TMPDIR/copy
    # (With what is built for the book already: it need not be built again.)
    mkdir -p "$copy/build"
    cp -a Makefile lib labs chapters solutions tests book "$copy/"
    cp -a "$BUILD/$(machine)-ch"? "$BUILD/$(machine)-trace-ch"? "$copy/build/"
    page=chapters/01-context/chapter.md
    # After the tables, so that what Doxygen reads has other lines.
    line=$(($(wc -l <$page) + 2))
    while IFS='|' read -r text words; do
        cp $page "$copy/$page"
        printf '\n%s\n' "$text" >>"$copy/$page"
        run "$MAKE" -s -C "$copy" BUILD=build WORK=work book
        show
        [ "$status" -eq 2 ]
        [[ "$output" == *"$page:$line: "*"$words"* ]]
        [ ! -e "$copy/build/book/stamp" ]
    done <<'TXT'
\snippet{lineno} lib/01-context/g.c lab nosuch|[lab nosuch] should stand twice in lib/01-context/g.c, and stands there 0 times
\snippet{lineno} lib/nosuch.c lab g-switch|there is no file lib/nosuch.c
It takes @num{nosuch}.|no number is called nosuch
See @go{proc.go, 1, nosuch}.|proc.go:1 of Go go1.19.8 is not in book/go-lines.tsv
See @go{asm_amd64.s, 405, gosave}.|asm_amd64.s:405 of Go go1.19.8 does not name gosave
See @ref no_such_page.|no_such_page
TXT
    # And it is mended by mending the page.
    cp $page "$copy/$page"
    "$MAKE" -s -C "$copy" BUILD=build WORK=work book
    [ -s "$copy/build/book/html/search-index.js" ]
}

@test "without Doxygen: make book fails and says what is missing, make goes on" {
    mkdir "$BATS_TEST_TMPDIR/bin"
    for tool in bash sh env awk sed grep make cat dirname find mkdir rm cut sort head; do
        ln -s "$(command -v $tool)" "$BATS_TEST_TMPDIR/bin/"
    done
    PATH=$BATS_TEST_TMPDIR/bin MACHINE=$(machine) GOALS=book run book/tools/build
    show
    [ "$status" -eq 2 ]
    [[ "$output" == *'Doxygen is missing'* ]]
    [[ "$output" == *'apt-get install doxygen'* ]]
    PATH=$BATS_TEST_TMPDIR/bin MACHINE=$(machine) GOALS= run book/tools/build
    [ "$status" -eq 0 ]
    [[ "$output" == *'The book is not built'* ]]
}

@test "an older Doxygen is refused by its number; without its theme there is no book" {
    mkdir "$BATS_TEST_TMPDIR/bin"
    printf '#!/bin/sh\necho 1.9.1\n' >"$BATS_TEST_TMPDIR/bin/doxygen"
    chmod +x "$BATS_TEST_TMPDIR/bin/doxygen"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH GOALS=book run book/tools/build
    show
    [ "$status" -eq 2 ]
    [[ "$output" == *'this Doxygen is 1.9.1, and the book needs 1.9.4'* ]]
    THEME=$BATS_TEST_TMPDIR GOALS=book run book/tools/build
    show
    [ "$status" -eq 2 ]
    [[ "$output" == *'apt-get install doxygen-awesome-css'* ]]
}

# Each page, and each place on one, that a link may lead to: FILE, FILE#PLACE.
targets() {
    printf '%s\n' *
    grep -oE '(id|name)="[^"]+"' -- *.html | sed -E 's/:(id|name)="(.*)"$/#\2/'
}

# Where links lead to, as FILE or FILE#PLACE, and the page that each stands on.
links() {
    grep -oE 'href="[^":]+"' -- *.html |
        sed -nE 's/^([^:]*):href="(#.+)"$/\1\2\t\1/p; s/^([^:]*):href="([^#]+\.html.*)"$/\2\t\1/p'
}

@test "every link within the book leads to a page and a place on it" {
    cd "$(html)"
    [ "$(links | grep -c '^chapter_.*#')" -gt 100 ]
    run awk -F'\t' 'NR == FNR { there[$1]; next } !($1 in there) { print $2 " -> " $1 }' <(targets) <(links)
    show
    [ -z "$output" ]
}

@test "every page has a way back and on, and stands in the contents" {
    while IFS=$'\t' read -r id file; do
        grep -q '<nav class="neighbours"' "$(html)/$id.html"
        grep -q "href=\"$id.html\"" "$(html)/contents.html"
    done < <(book/tools/pages)
}

@test "a function's link lands in the library as it is now" {
    # Each name that goroutine.h declares is documented there.
    for name in $(grep -v '^ \*' lib/goroutine.h | grep -oE '\bgo_[a-z_]+\(' | tr -d '(' | grep -v -e '_$' -e go_start_at | sort -u); do
        grep -q "class=\"memname\">.*$name" "$(html)/goroutine_8h.html"
    done
    # Each file is there once, and none of an older design.
    [ "$(find "$BUILD/book/src" -type f | wc -l)" -eq "$(find "$BUILD/book/src" -type f -exec grep -l '^#line 1 "lib/' {} + | wc -l)" ]
    no grep '^#line.*history/' "$BUILD/book/src"/*
}

# functions_of PAGE: each function that a listing on it names, and the place
# that the name leads to.
functions_of() {
    grep -oE '<a class="code hl_function" href="[^"]*"[^>]*>[^<]*' "$1" |
        sed -E 's/.*href="([^"#]*)#([^"]*)".*>(.*)/\3 \1 \2/' | sort -u
}

@test "every function in a listing leads to its reference, of today's library, and back" {
    n=0
    for page in "$(html)"/{chapter,lab,walkthrough}_*.html; do
        while read -r name file anchor; do
            [ -n "$name" ]
            n=$((n + 1))
            # The reference of that very function, up to the next one's, ...
            reference=$(awk -v at="id=\"$anchor\"" '/^<a id="/ { on = index($0, at) } on' "$(html)/$file")
            grep -q "memtitle.*</span>$name()" <<<"$reference"
            # ... names this page among those that show it, ...
            grep 'class="shown"' <<<"$reference" | grep -q "$(basename "$page")"
            # ... and a line of today's file. (There, #line makes it one more. Of a name
            # in parentheses, since there is a macro, it is the line with the type.)
            place=$(sed -nE 's/.*Definition at line .*href="[^"]*#l0*([0-9]+)".*href="[^"]*">([^<]*)<.*/\1 \2/p' <<<"$reference")
            if [ -n "$place" ]; then sed -n "$((${place% *} + 1)),+1p" "$BUILD/book/src/${place#* }" | grep -qw "$name"; fi
        done < <(functions_of "$page")
    done
    [ $n -gt 5 ]
    # And none is left without a link: a call in a listing, of a function that the library has.
    sed -nE 's/.*class="memtitle".*<\/span>([a-z_0-9]+)\(\).*/\1/p' "$(html)"/*_8[ch].html | sort -u >"$BATS_TEST_TMPDIR/functions"
    for page in "$(html)"/{chapter,walkthrough}_*.html; do
        bare=$(grep 'class="line"' "$page" | sed -E -e 's/<span class="(comment|stringliteral|preprocessor)">[^<]*<\/span>//g' \
            -e 's/<a class="code hl_[a-z]*"[^>]*>[^<]*<\/a>//g' | grep -oE '\b[a-z_0-9]+\(' | tr -d '(' | sort -u |
            comm -12 - "$BATS_TEST_TMPDIR/functions")
        echo "$page: $bare"
        [ -z "$bare" ]
    done
}

@test "a listing of today's library leads, line by line, to the whole file" {
    page=$(html)/walkthrough_01_context.html
    grep -q '<div class="listing"><a href="g_8c_source.html">lib/01-context/g.c</a></div>' "$page"
    line=$(grep -n '// \[lab g-switch\]' lib/01-context/g.c | head -n 1 | cut -d: -f1)
    grep -q "href=\"g_8c_source.html#l$(printf %05d $((line + 1)))\"" "$page"
}

@test "the lists are complete: exercises, predictions, claims, numbers, files" {
    while IFS=$'\t' read -r id kind _ _ _ _ _ title; do
        list=exercises
        if [ "$kind" = prediction ]; then list=predictions; fi
        grep -q "href=\"lab_.*#lab_${id/./_}\">" "$(html)/$list.html"
    done < <(awk -f labs/tools/exercises.awk labs/*/lab.md)
    for chapter in chapters/*/chapter.md; do
        n=$((10#$(basename "$(dirname "$chapter")" | cut -d- -f1)))
        for id in $(awk -F'\t' -v n=$n '$3 == n { print $1 }' chapters/claims.tsv); do
            grep -q -E "<td[^>]*>$id *</td>" "$(html)/claims.html"
        done
    done
    [ "$(grep -c 'class="num"' "$(html)/numbers.html")" -eq "$(grep -c -v '^#' chapters/numbers.tsv)" ]
    for file in "$BUILD"/book/src/*.[ch]; do
        grep -q ">$(basename "$file")</a>" "$(html)/sources.html"
    done
}

@test "a word of the glossary is linked once in a chapter, to its place" {
    grep -q 'href="glossary.html#term_goroutine"' "$(html)/chapter_01_context.html"
    for chapter in "$(html)"/chapter_*.html; do
        [ -z "$(grep -oE 'href="glossary.html#[a-z0-9_]+"' "$chapter" | sort | uniq -d)" ]
    done
    # In the order of the alphabet, as one looks.
    terms=$(sed -nE 's/^- \*\*([^,*]*).*/\1/p' book/glossary.md)
    [ "$terms" = "$(sort -f <<<"$terms")" ]
}

@test "the search knows every section of every page, and every function" {
    index=$(html)/search-index.js
    while IFS=$'\t' read -r id _ title; do
        grep -qF "[\"$id.html\",\"$title\"]" "$index"
        for place in $(sed '/<nav id="tree"/,/<\/nav>/d' "$(html)/$id.html" | grep -oE '<h2[^>]*><a class="anchor" id="[^"]*"' | sed -E 's/.*id="(.*)"/\1/'); do
            grep -qF "\"$place\"" "$index"
        done
    done < <(book/tools/pages)
    for name in go_run go_coro_resume g_switch; do grep -qF "\"$name()\"" "$index"; done
}

@test "a page and all that it loads is below 300 KB, and asks for nothing from elsewhere" {
    shared=$(cat "$(html)"/*.css "$(html)/book.js" | wc -c)
    for page in "$(html)"/*.html; do
        size=$(wc -c <"$page")
        # (The whole library's reference, and its header, are that large alone.)
        case $page in */goroutine_8h.html | */goroutine_8h_source.html) ;; *) size=$((size + shared)) ;; esac
        echo "$page: $size"
        [ "$size" -lt 300000 ]
    done
    no grep -l -E '<(script|link|img|iframe)[^>]*(src|href)="(https?:)?//' "$(html)"/*.html
    no grep -l -E 'url\(.?https?:|@import' "$(html)"/*.css
}

@test "no page shows a solution before its exercise" {
    for page in $(pages | grep -v walkthrough); do
        for snippet in $(sed -nE 's/^\\snippet(\{[a-z]*\})? ([^ ]+) lab (.*)$/\2:\3/p' "$page"); do
            case $snippet in
            # The other machine's assembly may be shown.
            *@other*) ;;
            *) echo "$page shows $snippet"; false ;;
            esac
        done
    done
    # What answers a prediction is folded, and so are hints.
    no grep -q '<blockquote' "$(html)"/lab_*.html
}

@test "every listing comes from compiled code" {
    # In a chapter, what stands in four columns begins with a command, is the
    # output of one, or is a command by itself.
    for page in $(pages); do
        bad=$(awk '/^    / { if (!inside && $1 != "$" && $1 != "make") print FILENAME ": " $0; inside = 1; next } { inside = 0 }' "$page")
        echo "$bad"
        [ -z "$bad" ]
    done
}

@test "every command shown on a page prints what is shown there" {
    for page in $(pages) book/front.md README.md; do
        awk -v dir="$BATS_TEST_TMPDIR" '
            /^    \$ / { n++; file = dir "/shown." n; sub(/^    \$ /, ""); print > file; next }
            /^    / && file { sub(/^    /, ""); print > file; next }
            { file = "" }' "$page"
        for shown in "$BATS_TEST_TMPDIR"/shown.*; do
            [ -e "$shown" ] || continue
            command=$(head -n 1 "$shown")
            # make's own last words about a failed command are not shown.
            actual=$(bash -c "${command/make /\"$MAKE\" -s }" 2>&1 </dev/null | grep -v '^make')
            echo "$page: $command"
            diff <(tail -n +2 "$shown") <(echo "$actual")
            rm "$shown"
        done
    done
}

@test "chapter 1: what is typed into the debugger shows that the sum is in a register" {
    chapter=chapters/01-context/chapter.md
    binary=$(sed -nE 's/.*`gdb ([^`]*)`.*/\1/p' $chapter)
    IFS='`' read -r _ first _ second _ third _ fourth _ < <(grep -o 'type `break second.*' $chapter)
    "$MAKE" -s run P=chapters/01-context/turns WRONG=forgets-a-register
    run gdb -q -batch -nx -ex 'set debuginfod enabled off' -ex "$first" -ex "$second" -ex "$third" \
        -ex "$fourth" "$BUILD/$(sed "s|^build/||; s|@here|$(machine)|" <<<"$binary")"
    show
    [[ "$output" == *'"sum" which is in register'* ]]
}

@test "no figure with a unit is typed by hand" {
    # shellcheck disable=SC2046  # words
    run book/tools/figures $(pages) book/front.md README.md
    show
    [ -z "$output" ]
    # And it would see one.
    printf 'It takes 5 ns, or 3.5%%, of 64 KiB.\nIn `5 ns` and @num{switch}.\n' >"$BATS_TEST_TMPDIR/page.md"
    run book/tools/figures "$BATS_TEST_TMPDIR/page.md"
    [ "$(grep -c 'page.md:1: ' <<<"$output")" -eq 3 ]
    [ "$(grep -c 'page.md:2: ' <<<"$output")" -eq 0 ]
    # What is allowed has a reason.
    [ -z "$(awk -F'\t' '!/^#/ && (NF != 2 || $2 == "")' book/figures.tsv)" ]
}

@test "every word is spelt as it should be" {
    # shellcheck disable=SC2046  # words
    run book/tools/spelling $(pages) book/front.md README.md
    show
    [ "$status" -eq 0 ]
    printf 'One word is\nmispelled here, and `this_is` code.\n' >"$BATS_TEST_TMPDIR/page.md"
    run book/tools/spelling "$BATS_TEST_TMPDIR/page.md"
    [ "$status" -eq 1 ]
    [ "$output" = "$BATS_TEST_TMPDIR/page.md:2: mispelled" ]
}

@test "every file that a page names is there" {
    missing=''
    for page in $(pages) book/front.md README.md; do
        for path in $(grep -v '^    ' "$page" | grep -oE '`(lib|labs|chapters|solutions|tests|book)/[A-Za-z0-9_./-]+`' | tr -d '`'); do
            if [ ! -e "$path" ] && [ ! -e "$path.c" ]; then missing+="$page: $path"$'\n'; fi
        done
    done
    echo "$missing"
    [ -z "$missing" ]
}

@test "README, front page and make help agree" {
    # They say the same of what this is, ...
    first=$(sed -n '/^\*\*Rebuild/{p;q;}' book/front.md)
    grep -qF "$first" README.md
    # ... name only commands that make help has, ...
    "$MAKE" -s help | grep -oE '^  make [a-z]+' | awk '{ print $2 }' | sort -u >"$BATS_TEST_TMPDIR/commands"
    unknown=$(cat book/*.md README.md chapters/*/chapter.md labs/*/lab.md solutions/*/walkthrough.md |
        grep -oE '(`|^    (\$ )?)make [a-z]+' | grep -oE '[a-z]+$' | sort -u |
        comm -23 - "$BATS_TEST_TMPDIR/commands" | grep -v -x -e gate -e wrong || true)
    echo "$unknown"
    [ -z "$unknown" ]
    # ... and what README says of one is what make help says.
    while read -r command words; do
        "$MAKE" -s help | grep -qE "^  make $command +.*" || { echo "$command"; false; }
    done < <(sed -nE 's/^    make ([a-z]+) +# (.*)/\1 \2/p' README.md)
    # The map has a row for each chapter, and names each part that has none.
    for part in $(sed -n 's/^PARTS := //p' Makefile); do
        if [ -e "chapters/$part/chapter.md" ]; then
            grep -q "<td[^>]*><a class=\"el\" href=\"chapter_${part//-/_}.html\">" "$(html)/index.html"
        else
            grep -q "not taught yet:.*$part" "$(html)/index.html"
        fi
    done
    # A figure from a real run is there.
    grep -q '<figure' "$(html)/index.html"
}

@test "every figure has been measured, on a machine and a day that are told" {
    head -n 1 chapters/numbers.tsv | grep -q -E '^# .*, Linux .*, .*[0-9]{4}-[0-9]{2}-[0-9]{2}$'
    for name in $(cat chapters/*/chapter.md solutions/*/walkthrough.md | grep -oE '@num\{[^}]*\}' | sed -E 's/@num\{(.*)\}/\1/' | sort -u); do
        grep -q "^$name	[0-9.]*	" chapters/numbers.tsv
    done
}

@test "a struct is as large as the page says" {
    # The figures are of this machine.
    [ "$(machine)" = x86_64 ] || return 0
    while read -r name word program; do
        run "$MAKE" -s run P="chapters/$program"
        show
        grep -q -x "$name	$(awk -v word="$word" '$1 == word { print $2 }' <<<"$output")	bytes	.*" chapters/numbers.tsv
    done <<'END'
gobuf-bytes gobuf 01-context/sizes
chan-bytes chan 06-chan/sizes
sudog-bytes sudog 06-chan/sizes
END
}

@test "a chapter has its sections, in their order" {
    for chapter in chapters/*/chapter.md; do
        n=$(basename "$(dirname "$chapter")" | sed -E 's/^0*([0-9]+)-.*/\1/')
        sections=$(grep -oE "^## $n\.[0-9]+" "$chapter" | cut -d. -f2 | tr '\n' ' ')
        [ "$sections" = '1 2 3 4 5 6 7 8 9 10 11 12 ' ]
        for words in 'Break it first' Predict 'In the real runtime' Numbers 'Claims checked' 'Check yourself' 'Common failures'; do
            grep -q -E "^## $n\.[0-9]+ $words$" "$chapter"
        done
        for words in 'min · do' 'You will be able to' Mirrors; do grep -q "$words" "$chapter"; done
    done
}

@test "an exercise has three hints; a prediction four choices and a reason" {
    while IFS=$'\t' read -r id kind _; do
        text=$(awk -v id="$id" '/^## / { on = ($2 "" == id) } on' labs/*/lab.md)
        if [ "$kind" = prediction ]; then
            [ "$(grep -c -E '^- \*\*[a-d]\*\* ' <<<"$text")" -eq 4 ]
            grep -q '^> ' <<<"$text"
        else
            [ "$(grep -c -E '^\*\*Hint [123]\.\*\* ' <<<"$text")" -eq 3 ]
        fi
    done < <(awk -f labs/tools/exercises.awk labs/*/lab.md)
}

@test "what the list says of Go's source is there, where Go is installed" {
    [ -z "$(awk -F'\t' 'NR > 1 && (NF != 4 || seen[$1 FS $2 FS $3]++)' book/go-lines.tsv)" ]
    if [ -d "$(go env GOROOT 2>/dev/null)/src/runtime" ]; then book/tools/go-lines --check; fi
    # Each page's links were compared with the list when the book was built.
    links=$(cat "$(html)"/{chapter,lab,walkthrough}_*.html | grep -oE 'github.com/golang/go/blob/[^"]*' | sort -u)
    [ "$(wc -l <<<"$links")" -ge 4 ]
    while IFS=/ read -r _ _ _ _ release _ rest; do
        rest=${rest#runtime/}
        grep -q "^$release	${rest%#L*}	${rest#*#L}	" book/go-lines.tsv
    done <<<"$links"
}

@test "claims: each is listed once, and those of taught parts have a verdict and a program" {
    awk -F'\t' 'NR > 1 && (NF != 6 || seen[$1]++) { print; bad = 1 } END { exit bad }' chapters/claims.tsv
    [ "$(wc -l <chapters/claims.tsv)" -gt 150 ]
    for part in lib/[0-9]*/; do
        n=$(basename "$part" | sed -E 's/^0*([0-9]+)-.*/\1/')
        [ -e "chapters/$(basename "$part")/chapter.md" ] || continue
        [ -z "$(awk -F'\t' -v n="$n" '$3 == n && ($4 == "-" || $5 == "-")' chapters/claims.tsv)" ]
    done
}

@test "claims: each program comes to the verdicts that are listed, on both machines" {
    while read -r n program; do
        path=$(ls chapters/$(printf %02d "$n")-*/"$program.c")
        for machine in x86_64 aarch64; do
            # Emulators refuse seccomp, by which this one finds out.
            if [ "$program" = no-kernel ] && [ "$machine" != "$(machine)" ]; then continue; fi
            run "$MAKE" -s run P="$path" MACHINE="$machine" CHAPTER="$n"
            show
            [ "$status" -eq 0 ]
            while IFS= read -r line; do
                verdict=$(sed -E 's/ +$//' <<<"${line:25:10}")
                for id in ${line:0:24}; do
                    [ "$(awk -F'\t' -v id="$id" '$1 "" == id { print $4 ":" $5 }' chapters/claims.tsv)" = "$verdict:$program" ]
                done
            done <<<"$output"
        done
    done < <(awk -F'\t' 'NR > 1 && $5 != "-" { print $3, $5 }' chapters/claims.tsv | sort -u)
    # And each claim of a taught part is decided by the program that is named.
}

@test "the README has at most 100 lines, and its commands exist" {
    [ "$(wc -l <README.md)" -le 100 ]
    for command in $(grep -oE '`make [a-z]+' README.md | awk '{ print $2 }' | sort -u); do
        "$MAKE" -n "$command" LAB=1.1 P=labs/01-context/generator >/dev/null
    done
}
