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
# and n, the number of the part; check_source, the file of its check, and
# explored, the choices of a build for it.
find_exercise() {
    local row
    row=$(exercises | awk -F'\t' -v want="$1" '$1 "" == want || $3 == want || $3 == want ".c" || $3 == want ".txt" { print; exit }')
    if [ -z "$row" ]; then
        local known
        known=$(exercises | cut -f1)
        case $1 in *[a-z]*-* | [a-z]*) known=$(exercises | cut -f3) ;; esac
        # shellcheck disable=SC2086  # a list of words
        die "LAB=$1: there is no such exercise. Nearest: LAB=$($tools/nearest -3 "$1" $known | paste -sd ' ' | sed 's/ /, LAB=/g')" \
            "All of them: make board ALL=1"
    fi
    IFS=$tab read -r id kind name file minutes book part title <<<"$row"
    n=$((10#${part%%-*}))
    # The places of its file: ours, and the learner's.
    ours='' theirs=''
    case $kind in
    prediction) ;;
    program | schedules)
        file=$name ours=solutions/$part/$name theirs=$WORK/$part/$name ;;
    *)
        local folder=$part
        if [ ! -f "lib/$folder/$file" ]; then folder=$part/$MACHINE; fi
        ours=lib/$folder/$file theirs=$WORK/$folder/$file ;;
    esac
    mark=${name%.c} mark=${mark%.txt}
    # A file of this name is a check that the explorer plays.
    check_source=tests/${part}_explore-$mark.c explored=(EXPLORE=1 SAN= TRACE= FAULTS=)
    if [ ! -f "$check_source" ]; then
        check_source=tests/${part}_$mark.c explored=()
    fi
}

# the_exercise: the one that LAB names, or else the current one.
the_exercise() {
    local want=${LAB:-}
    not_lost
    if [ -z "$want" ]; then
        want=$(state_get current)
        # Noted in another edition, or by hand: there may be no such exercise.
        case $'\n'$(exercises | cut -f1)$'\n' in *$'\n'"$want"$'\n'*) ;; *) want='' ;; esac
    fi
    if [ -z "$want" ]; then want=$(next_exercise); fi
    if [ -z "$want" ]; then want=$(exercises | tail -n 1 | cut -f1); fi
    find_exercise "$want"
    count_time
}

# next_exercise: the first that is not done, from where make goto jumped in;
# else the first of all; nothing if all are done.
next_exercise() {
    local each first='' begin=${state[begin]-} seen=''
    while IFS=$tab read -r each _; do
        if [ "$each" = "$begin" ]; then seen=1; fi
        if [ -n "${state[done $each]-}" ]; then continue; fi
        if [ -n "$seen" ]; then first=$each; break; fi
        first=${first:-$each}
    done < <(exercises)
    printf '%s' "$first"
}

# not_lost: somebody removed work/.state, and the files are still there.
not_lost() {
    local each
    if [ -e "$WORK/.state" ]; then return; fi
    for each in "$WORK"/[0-9]*/*.[cS] "$WORK"/[0-9]*/*/*.[cS]; do
        if [ -f "$each" ]; then
            $tools/rebuild || exit 2
            read_state
            return
        fi
    done
}

# ---- Programs --------------------------------------------------------------

programs() { ls labs/*/*.c chapters/*/*.c solutions/*/*.c "$WORK"/*/*.c 2>/dev/null | grep -v /wrong- | sed 's/\.c$//'; }

# find_program COMMAND: the one that P names. Sets program, and target: what
# make calls it, below bin/.
find_program() {
    if [ -z "${P:-}" ]; then
        printf 'Which program? make %s P=...\n\n' "$1" >&2
        programs | sed 's/^/  /' >&2
        exit 2
    fi
    program=${P%.c}
    if [ ! -f "$program.c" ]; then
        # shellcheck disable=SC2046
        die "P=$P: there is no such program. Nearest: P=$($tools/nearest "$program" $(programs))"
    fi
    case $program in
    "$WORK"/*) target=work/${program#"$WORK"/} ;;
    *) target=$program ;;
    esac
}

# ---- What the learner has done: work/.state, a line a fact -----------------
#
#   done ID=DATE           when it passed
#   current=ID             where make next or make goto went
#   begin=ID               where make goto jumped in
#   clock ID=SECONDS TIME  the time spent on it, and when it was last counted
#   hints ID=N             how many were asked for
#   answer ID=LETTER       to a prediction
#   replay=ID SCHEDULE     the last failure that the explorer found
#   recall ID=DAYS DATE    due on DATE; it was put off by so many days

declare -A state=()

read_state() {
    local line
    state=()
    if [ ! -f "$WORK/.state" ]; then return; fi
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in [a-z]*=*) state[${line%%=*}]=${line#*=} ;; esac
    done <"$WORK/.state"
}
read_state

state_get() { printf '%s' "${state[$1]-}"; }

# Another command may have noted something meanwhile (make watch, for one):
# the file is read again, and only this fact changes.
state_set() {
    {
        if [ -f "$WORK/.state" ]; then
            awk -v key="$1" 'index($0, key "=") != 1' "$WORK/.state"
        fi
        echo "$1=$2"
    } | put "$WORK/.state" || exit 2
    state[$1]=$2
}

# A longer pause is none of the work.
PAUSE=1200

# count_time: the learner does something about exercise $id. What has passed
# since the last time counts, unless it is done. No reason to fail, ever.
count_time() {
    local seconds last now
    if [ -n "${state[done $id]-}" ]; then return; fi
    printf -v now '%(%s)T' -1
    read -r seconds last <<<"${state[clock $id]-0 0}"
    case $seconds$last in *[!0-9]* | '') seconds=0 last=0 ;; esac
    if [ $((now - last)) -le $PAUSE ] && [ "$now" -ge "$last" ]; then seconds=$((seconds + now - last)); fi
    (state_set "clock $id" "$seconds $now") 2>/dev/null && state[clock $id]="$seconds $now"
}

# spent ID: minutes; nothing if it was less than one.
spent() {
    local seconds=${state[clock $1]-0}
    seconds=${seconds%% *}
    case $seconds in *[!0-9]* | '') seconds=0 ;; esac
    if [ "$seconds" -ge 60 ]; then echo $((seconds / 60)); fi
}

# plural N THING: "1 hint", "2 hints".
plural() { if [ "$1" = 1 ]; then echo "1 $2"; else echo "$1 $2s"; fi; }

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

# with_body: print the learner's file, with another body of the exercise:
# standard input is a file that has it.
with_body() {
    awk -v path="$theirs" -v name="$mark" -f lib/tools/marks.awk -f /dev/fd/3 3<<'AWK'
{
    if (mark_of($0) == name) inside = !inside
    else if (inside) fresh = fresh $0 "\n"
}
END {
    read_marked(path)
    for (i = 1; i <= L[path]; i++) {
        if (i == M[path, name, "to"]) printf "%s", fresh
        if (i <= M[path, name, "from"] || i >= M[path, name, "to"]) print L[path, i]
    }
}
AWK
}

# keep FILE: a copy of the learner's file stays in work/.kept. Sets kept.
keep() {
    kept=$WORK/.kept/${1#"$WORK"/}.$(date +%Y%m%d-%H%M%S)
    while [ -e "$kept" ]; do kept+=+; done
    put "$kept" <"$1"
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

# show_question: the text of a prediction or a recall question, from standard
# input, but for what is quoted, the answer. A choice of two lines hangs on its
# letter.
show_question() {
    sed -E -e '/^> /d' -e "s/^- \*\*(.)\*\*/  \1)/; s/\*//g; s/\`/'/g" | cat -s |
        fold -s -w 71 | sed -E 's/ *$//' | awk '
            /^  [a-z]\) / { hang = "     "; print "  " $0; next }
            /^$/          { hang = "" }
            { print "  " hang $0 }' | sed 's/ *$//' | cat -s
}
