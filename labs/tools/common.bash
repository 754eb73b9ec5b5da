# common.bash - what the learner's commands share. Sourced, not run.
#
# The Makefile exports: MAKE BUILD WORK MACHINE X RUN LAB A P ARGS PEEK.

set -u -o pipefail
export LC_ALL=C
tools=labs/tools
tab=$'\t'

# A make -j shares its jobs by file descriptors that do not reach us. The makes
# started here would warn of that, each time.
MAKEFLAGS=$(sed -E 's/(^| )(-j[0-9]*|--jobserver-[a-z]+=[^ ]*)//g' <<<"${MAKEFLAGS:-}")
export MAKEFLAGS

# die TEXT: the caller's mistake, or the world's. Nothing was changed.
die() {
    printf '%s\n' "$@" >&2
    exit 2
}

# Asked here, for bold is called in $(), where standard output is a pipe.
terminal=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then terminal=1; fi

bold() { if [ -n "$terminal" ]; then printf '\033[1m%s\033[0m' "$1"; else printf '%s' "$1"; fi; }

# ---- Exercises -------------------------------------------------------------

exercises() {
    awk -f $tools/exercises.awk labs/*/lab.md || exit 2
}

# find_exercise ID-OR-NAME: sets id kind name file minutes book part title,
# and n, the number of the part.
find_exercise() {
    local row
    row=$(exercises | awk -F'\t' -v want="$1" '$1 "" == want || $3 == want || $3 == want ".c" { print; exit }')
    if [ -z "$row" ]; then
        local known
        known=$(exercises | cut -f1)
        case $1 in *[a-z]*-* | [a-z]*) known=$(exercises | cut -f3) ;; esac
        # shellcheck disable=SC2086  # a list of words
        die "LAB=$1: there is no such exercise. Nearest: LAB=$($tools/nearest "$1" $known)" \
            "All of them: make"
    fi
    IFS=$tab read -r id kind name file minutes book part title <<<"$row"
    n=$((10#${part%%-*}))
    # The places of its file: ours, and the learner's.
    ours='' theirs=''
    case $kind in
    prediction) ;;
    program)
        file=$name ours=solutions/$part/$name theirs=$WORK/$part/$name ;;
    *)
        local folder=$part
        if [ ! -f "lib/$folder/$file" ]; then folder=$part/$MACHINE; fi
        ours=lib/$folder/$file theirs=$WORK/$folder/$file ;;
    esac
    mark=${name%.c}
}

# the_exercise: the one that LAB names, or else the current one.
the_exercise() {
    local want=${LAB:-}
    if [ -z "$want" ]; then
        want=$(state_get current)
        # Noted in another edition, or by hand: there may be no such exercise.
        case $'\n'$(exercises | cut -f1)$'\n' in *$'\n'"$want"$'\n'*) ;; *) want='' ;; esac
    fi
    if [ -z "$want" ]; then want=$(next_exercise); fi
    if [ -z "$want" ]; then want=$(exercises | tail -n 1 | cut -f1); fi
    find_exercise "$want"
}

# next_exercise: the first that is not done; nothing if all are.
next_exercise() {
    exercises | cut -f1 | while read -r each; do
        if [ -z "$(state_get "done $each")" ]; then echo "$each"; break; fi
    done
}

# ---- What the learner has done: work/.state, a line a fact -----------------

state_get() {
    if [ -f "$WORK/.state" ]; then
        awk -v key="$1" 'index($0, key "=") == 1 { print substr($0, length(key) + 2) }' "$WORK/.state"
    fi
}

state_set() {
    {
        if [ -f "$WORK/.state" ]; then
            awk -v key="$1" 'index($0, key "=") != 1' "$WORK/.state"
        fi
        echo "$1=$2"
    } | put "$WORK/.state" || exit 2
}

# put FILE: standard input becomes FILE, whole or not at all. At the end of a
# pipe it ends only itself: say || exit 2 there.
put() {
    if ! { mkdir -p "$(dirname "$1")" && cat >"$1.new" && mv -f "$1.new" "$1"; } 2>/dev/null; then
        rm -f "$1.new" 2>/dev/null
        die "Cannot write $1. Is the disk full, or the folder read-only?" \
            "Nothing was lost. Make room, or choose another place: make WORK=/tmp/work ..."
    fi
}

# ---- The learner's files ---------------------------------------------------

# lay_out: print the starter of the current exercise into work/, unless a file
# is there. Returns 0 if it made one.
lay_out() {
    if [ -z "$theirs" ] || [ -e "$theirs" ]; then return 1; fi
    local text
    text=$(lib/tools/starter "$ours" "labs/$part" && echo .) || exit 2
    # The untouched starter is kept for a later merge with a new edition.
    printf '%s' "${text%.}" | put "$WORK/.base/${theirs#"$WORK"/}" || exit 2
    printf '%s' "${text%.}" | put "$theirs" || exit 2
}

# body FILE: print the body of the exercise in FILE. 1 if it is only comments,
# 2 if the marks are broken.
body() {
    awk -v path="$1" -v name="$mark" -f lib/tools/marks.awk -f /dev/fd/3 3<<'AWK'
BEGIN {
    if (read_marked(path) < 0 || M[path, name, "count"] != 2)
        exit 2
    for (i = M[path, name, "from"] + 1; i < M[path, name, "to"]; i++)
        print L[path, i]
    exit !is_written(path, name)
}
AWK
}

# line_of FILE: the line of the exercise's first mark.
line_of() {
    grep -n "// \[lab $mark\]" "$1" | head -n 1 | cut -d: -f1
}

# ---- The five fields -------------------------------------------------------

# message WHAT EVIDENCE WHY LOOK TRY: what every failure looks like. EVIDENCE
# may have several lines, which are kept as they are.
message() {
    printf '\n'
    field WHAT "$1"
    printf '%s\n' "$2" | cut -c1-66 | awk '{ printf "  %-9s %s\n", (NR == 1 ? "EVIDENCE" : ""), $0 }'
    field WHY "$3"
    field 'LOOK AT' "$4"
    field TRY "$5"
    printf '\n'
}

field() {
    printf '%s\n' "$2" | fold -s -w 66 | awk -v name="$1" '{ sub(/ +$/, ""); printf "  %-9s %s\n", (NR == 1 ? name : ""), $0 }'
}
