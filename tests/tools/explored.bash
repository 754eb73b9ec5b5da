# explored.bash - where the explorer's checks are, and their builds. Sourced.
#
# A check has one name in all of tests/PART_explore*.c, and is built as of its
# own chapter: a later one may replace what it is about.

# source_of CHECK: the file that has it; nothing if none does. Some write several,
# NAME and NAME-tso, or NAME, NAME2 and NAME2-tso, as CHECK("NAME", ...).
source_of() {
    local of=${1%-tso}
    grep -l -F -e ".name = \"$1\"" -e "CHECK(\"$of\"," -e "CHECK(\"${of%2}\"," \
        tests/*_explore*.c | head -n 1
}

# explorer SOURCE [CHOICE=...]: build this program of checks; sets `binary`.
explorer() {
    local source=$1 name
    shift
    name=$(basename "$source" .c)
    set -- EXPLORE=1 SAN= TRACE= FAULTS= HISTORY= OPT=-O2 CC="$COMPILER" \
        CHAPTER=$((10#${name%%-*})) "$@"
    # A mistake may well leave something unused.
    case " $*" in *' WRONG='*) set -- "$@" CI= ;; esac
    binary=$("$MAKE" -s --no-print-directory "$@" built P="bin/tests/$name" | tail -n 1)
    [ -n "$binary" ]
}
