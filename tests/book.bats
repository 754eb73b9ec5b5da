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

@test "a broken reference fails the build, and is named" {
    copy=$BATS_TEST_TMPDIR/copy
    mkdir "$copy"
    cp -r Makefile lib labs chapters solutions tests book "$copy/"
    printf '\nSee @ref no_such_page.\n' >>"$copy/chapters/01-context/chapter.md"
    run "$MAKE" -s -C "$copy" BUILD="$copy/build" WORK="$copy/work" book
    show
    [ "$status" -eq 2 ]
    [[ "$output" == *no_such_page* ]]
    sed -i 's/^See @ref.*/See @num{nosuch}./' "$copy/chapters/01-context/chapter.md"
    run "$MAKE" -s -C "$copy" BUILD="$copy/build" WORK="$copy/work" book
    show
    [ "$status" -eq 2 ]
    [[ "$output" == *'no number is called nosuch'* ]]
}

@test "without Doxygen: make book fails and says what is missing, make goes on" {
    mkdir "$BATS_TEST_TMPDIR/bin"
    for tool in bash sh env awk sed grep make cat dirname find mkdir rm cut; do
        ln -s "$(command -v $tool)" "$BATS_TEST_TMPDIR/bin/"
    done
    PATH=$BATS_TEST_TMPDIR/bin MACHINE=$(machine) GOALS=book run book/tools/build
    show
    [ "$status" -eq 2 ]
    [[ "$output" == *'Doxygen is missing'* ]]
    PATH=$BATS_TEST_TMPDIR/bin MACHINE=$(machine) GOALS= run book/tools/build
    [ "$status" -eq 0 ]
}

@test "every link within the book leads to a page and a place on it" {
    cd "$(html)"
    broken=''
    for page in *.html; do
        while read -r target; do
            file=${target%%#*} place=''
            case $target in *'#'*) place=${target#*#} ;; esac
            file=${file:-$page}
            if [ ! -e "$file" ]; then broken+="$page -> $target"$'\n'; continue; fi
            if [ -n "$place" ] && ! grep -q -e "id=\"$place\"" -e "name=\"$place\"" "$file"; then
                broken+="$page -> $target"$'\n'
            fi
        done < <(grep -oE 'href="[^":]+"' "$page" | sed -E 's/^href="(.*)"$/\1/' | grep -E '\.html|^#.' | sort -u)
    done
    echo "$broken"
    [ -z "$broken" ]
}

@test "every page has a way back and on, and stands in the contents" {
    while IFS=$'\t' read -r id file; do
        grep -q 'class="neighbours"' "$(html)/$id.html"
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
    for page in $(pages) README.md; do
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
    for page in $(ls chapters/*/chapter.md solutions/*/walkthrough.md); do
        typed=$(sed -E 's/@num\{[^}]*\}//g; s/`[^`]*`//g' "$page" |
            grep -n -E '[0-9][0-9.,]* ?(ns|us|µs|ms|seconds?|KB|KiB|MB|MiB|GB|GiB)\b' || true)
        echo "$page: $typed"
        [ -z "$typed" ]
    done
}

@test "every figure has been measured, on a machine and a day that are told" {
    head -n 1 chapters/numbers.tsv | grep -q -E '^# .*, Linux .*, .*[0-9]{4}-[0-9]{2}-[0-9]{2}$'
    for name in $(cat chapters/*/chapter.md solutions/*/walkthrough.md | grep -oE '@num\{[^}]*\}' | sed -E 's/@num\{(.*)\}/\1/' | sort -u); do
        grep -q "^$name	[0-9.]*	" chapters/numbers.tsv
    done
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

@test "Go's source is named by file, line and name; where it is installed, it is there" {
    source=$(ls -d /usr/share/go-1.19/src/runtime 2>/dev/null || true)
    while IFS=, read -r file line name; do
        line=${line// /} name=${name// /}
        [ -n "$file" ]
        [ "$line" -gt 0 ]
        [ -n "$name" ]
        if [ -n "$source" ]; then sed -n "${line}p" "$source/$file" | grep -q "$name"; fi
    done < <(grep -ohE '@go\{[^}]*\}' chapters/*/chapter.md | sed -E 's/@go\{(.*)\}/\1/')
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
