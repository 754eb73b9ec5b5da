# learner.bash - what a test does as a learner would. Loaded after test.bash.
#
# The test sets WORK, and file: the learner's file that body and golden are for.

learner() {
    # shellcheck disable=SC2068  # words
    run "$MAKE" -s --no-print-directory "$@" WORK="$WORK" </dev/null
    # make's last words say only that the command failed.
    output=$(grep -v '^make' <<<"$output")
    show
}

# body MARK TEXT: write TEXT as the learner's body, in the starter's place.
body() {
    awk -v name="$1" -v text="$2" -f lib/tools/marks.awk -f /dev/fd/3 "$file" 3<<'AWK' >"$file.edited"
mark_of($0) == name { inside = !inside; print; if (inside) print text; next }
!inside
AWK
    mv "$file.edited" "$file"
}

# right MARK: write the book's body, from coro.c.
right() {
    body "$1" "$(sed -n "/\[lab $1\]/,/\[lab $1\]/p" lib/01-context/coro.c | sed '1d;$d')"
}

# golden: the message must be this text, after what the compiler warns of;
# addresses and the folder may differ, and N is the line of the first mark.
golden() {
    local line
    line=$(grep -n '// \[lab coro-exit\]' "$file" | head -n 1 | cut -d: -f1)
    diff <(cat) <(sed -E "s|$WORK|work|g; s/0x[0-9a-f]+/0x.../g; s/ +$//; s/:$line   book/:N   book/" <<<"$output" | sed '/^  WHAT/,$!d')
}
