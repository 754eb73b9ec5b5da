# test.bash - what the tests share. Loaded by each .bats file.
#
# The Makefile exports: MAKE BUILD B X MACHINE SAN RUN COMPILER.

cd "$BATS_TEST_DIRNAME/.." || exit 1
part=$(basename "$BATS_TEST_FILENAME" .bats)

# program PATH ARGS...: run a program of this build, with a limit on all that
# it could take too much of. For bats' run: sets status and output.
program() {
    local path=$1
    shift
    # shellcheck disable=SC2086  # RUN is a command with arguments
    run labs/tools/cap "${SECONDS_EACH:-60}" $RUN "$B/bin/$path" "$@"
}

# scenario NAME ARGS...: one scenario of this part's check programs must pass.
# NAME is PROGRAM or PROGRAM/SCENARIO.
scenario() {
    local name=$1
    shift
    case $name in
    */*) program "tests/${part}_${name%%/*}" "${name#*/}" "$@" ;;
    *) program "tests/${part}_$name" "$@" ;;
    esac
    show
    [ "$status" -eq 0 ]
}

# show: what happened, printed by Bats only if the test fails.
show() {
    printf 'status %s\n%s\n' "$status" "$output"
}

# no COMMAND...: it must fail. Bash does not mind a failing `! COMMAND`, nor the
# first half of `A && B`, unless the test ends there.
no() { ! "$@"; }

# native: for tests of tools that cannot look into an emulator, or that a
# sanitizer replaces. Such a test is not for this build, and not missing there.
native() { [ -z "$RUN$SAN" ]; }

# once: for tests that do not look at a build, but at the header, with compilers of
# their own, or at Go. They belong to the usual one.
once() { [ "$COMPILER$OPT$SAN$RUN$TRACE$HISTORY" = gcc-O2 ]; }
