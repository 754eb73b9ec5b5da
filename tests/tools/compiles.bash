# compiles.bash - what compilers say of statements that use goroutine.h
#
# $declarations is what stands before a statement; each file has its own.

# compiles COMPILER FLAGS... STATEMENT: its messages are in output.
compiles() {
    local statement=${*: -1}
    run "${@:1:$#-1}" -S -o /dev/null - <<<"$declarations void f(void) { $statement }"
}

# must_not_compile TABLE COMPILER FLAGS...: no statement of the table does, and
# each is refused in its words.
must_not_compile() {
    local table=$1 statement words include rows=0
    shift
    while IFS=$'\t' read -r statement words; do
        for include in -I -isystem; do
            compiles "$@" $include lib "$statement"
            if [ "$status" -eq 0 ] || ! grep -qE -- "$words" <<<"$output"; then
                printf '%s\nwanted: %s\n' "$statement" "$words"
                show
                return 1
            fi
        done
        rows=$((rows + 1))
    done <"$table"
    [ $rows -gt 10 ]
}

must_not_compile_c() {
    local compiler
    for compiler in gcc clang; do
        LC_ALL=C must_not_compile "$1" $compiler -std=gnu17 -x c \
            -Werror=int-conversion -Werror=incompatible-pointer-types || return 1
    done
}

must_not_compile_cpp() {
    local compiler
    for compiler in g++ clang++; do
        LC_ALL=C must_not_compile "$1" $compiler -std=c++17 -x c++ || return 1
    done
}

# must_compile TABLE: each statement does, without a word.
must_compile() {
    local statement compiler include rows=0
    while IFS= read -r statement; do
        for compiler in gcc clang; do
            for include in -I -isystem; do
                compiles $compiler -std=c17 -O2 -x c -Wpedantic -Wall -Wextra -Wshadow \
                    -Wconversion -Wsign-conversion -Wstrict-prototypes $include lib "$statement"
                if [ "$status" -ne 0 ] || [ -n "$output" ]; then
                    printf '%s\n' "$compiler $include: $statement"
                    show
                    return 1
                fi
            done
        done
        rows=$((rows + 1))
    done <"$1"
    [ $rows -gt 10 ]
}
