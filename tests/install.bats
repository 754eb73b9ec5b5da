#!/usr/bin/env bats
# The library as a program outside sees it: make install, pkg-config, C and C++.

load tools/test

setup_file() {
    cd "$BATS_TEST_DIRNAME/.." || exit 1
    export PREFIX_DIR=$BATS_FILE_TMPDIR/usr
    "$MAKE" -s install PREFIX="$PREFIX_DIR" >/dev/null
}

setup() {
    export PKG_CONFIG_PATH=$PREFIX_DIR/lib/pkgconfig
    cd "$BATS_TEST_TMPDIR" || exit 1
    # Three lines.
    cat >three.c <<'C'
#include <goroutine.h>
static void one(void *arg) { go_coro_yield(arg); }
int main(void) { return go_coro_resume(go_coro_new(one, (void *)"x")) == 0; }
C
    cp three.c three.cc
}

flags() { pkg-config "$@" goroutine; }

@test "install puts the header, both libraries and the pkg-config file" {
    for file in include/goroutine.h lib/libgoroutine.a lib/libgoroutine.so lib/pkgconfig/goroutine.pc; do
        [ -e "$PREFIX_DIR/$file" ]
    done
    [ "$(flags --modversion)" ]
}

@test "a program of three lines builds against it: C, shared and static" {
    for cc in gcc clang; do
        # shellcheck disable=SC2046
        $cc -Wall -Wextra -Werror three.c $(flags --cflags --libs) -o shared
        LD_LIBRARY_PATH=$PREFIX_DIR/lib ./shared
        ldd shared 2>/dev/null | grep -q libgoroutine.so.0
        # shellcheck disable=SC2046
        $cc -Wall -Wextra -Werror three.c $(flags --cflags) "$PREFIX_DIR/lib/libgoroutine.a" -pthread -o static
        ./static
    done
}

@test "a program of three lines builds against it: C++, shared and static" {
    for cxx in g++ clang++; do
        # shellcheck disable=SC2046
        $cxx -std=c++17 -Wall -Wextra -Werror three.cc $(flags --cflags --libs) -o shared
        LD_LIBRARY_PATH=$PREFIX_DIR/lib ./shared
        # shellcheck disable=SC2046
        $cxx -std=c++17 -Wall -Wextra -Werror three.cc $(flags --cflags) "$PREFIX_DIR/lib/libgoroutine.a" -pthread -o static
        ./static
    done
}

@test "the header is clean under -std=c17 -Wpedantic, and includes what it needs" {
    for cc in gcc clang; do
        $cc -std=c17 -Wpedantic -Wall -Wextra -Wshadow -Werror -fsyntax-only -x c "$PREFIX_DIR/include/goroutine.h"
    done
    for cxx in g++ clang++; do
        $cxx -std=c++17 -Wpedantic -Wall -Wextra -Werror -fsyntax-only -x c++ "$PREFIX_DIR/include/goroutine.h"
    done
}

@test "errno.h may be included before or after" {
    printf '#include <errno.h>\n#include <goroutine.h>\n#include <errno.h>\nint main(void) { errno = 3; return errno != 3 || go_errno() != &errno; }\n' >e.c
    # shellcheck disable=SC2046
    gcc -Wall -Werror e.c $(flags --cflags) "$PREFIX_DIR/lib/libgoroutine.a" -o e
    ./e
}

@test "a C++ exception may be thrown and caught within a coroutine" {
    cat >throw.cc <<'C'
#include <goroutine.h>
#include <stdexcept>
static void f(void *arg) {
    for (int i = 0; i < 3; i++) {
        try { go_coro_yield(arg); throw std::runtime_error("x"); }
        catch (const std::exception &) { ++*static_cast<int *>(arg); }
    }
}
int main() {
    int caught = 0;
    go_coro *co = go_coro_new(f, &caught);
    while (go_coro_resume(co)) { }
    go_coro_free(co);
    return caught != 3;
}
C
    # shellcheck disable=SC2046
    g++ -O2 throw.cc $(flags --cflags) "$PREFIX_DIR/lib/libgoroutine.a" -o throw
    ./throw
}

@test "C++: what is being caught belongs to the coroutine" {
    cat >catch.cc <<'C'
#include <goroutine.h>
#include <exception>
#include <stdexcept>
#include <string>
#include <thread>
static int right;
struct during {             // yields while its exception is on its way
    void *arg;
    explicit during(void *p) : arg(p) {}
    ~during() { go_coro_yield(arg); right += std::uncaught_exceptions() == 1; }
};
static void f(void *arg) {
    const std::string mine(*static_cast<const char **>(arg));
    for (int i = 0; i < 3; i++) {
        try {
            during d(arg);
            throw std::runtime_error(mine);
        } catch (const std::exception &) {
            go_coro_yield(arg);
            try { throw; } catch (const std::exception &e) { right += e.what() == mine; }
        }
        right += std::uncaught_exceptions() == 0 && !std::current_exception();
        go_coro_yield(arg);
    }
}
int main() {
    const char *name[2] = { "the first coroutine's own", "the second coroutine's own" };
    go_coro *co[2] = { go_coro_new(f, &name[0]), go_coro_new(f, &name[1]) };
    try {
        throw 7;
    } catch (int) {
        for (int i = 0; i < 20; i++) {
            if (i % 3 == 2)                 // from thread to thread
                std::thread([&] { go_coro_resume(co[i % 2]); }).join();
            else
                go_coro_resume(co[i % 2]);
            right += std::uncaught_exceptions() == 0;
        }
        try { throw; } catch (int n) { right += n == 7; }
    }
    bool done = go_coro_done(co[0]) && go_coro_done(co[1]);
    go_coro_free(co[0]);
    go_coro_free(co[1]);
    return right != 2 * 3 * 3 + 20 + 1 || !done;
}
C
    for lib in "$PREFIX_DIR/lib/libgoroutine.a" "-L$PREFIX_DIR/lib -lgoroutine" "-static-libstdc++ -static-libgcc $PREFIX_DIR/lib/libgoroutine.a"; do
        # shellcheck disable=SC2046,SC2086
        g++ -std=c++17 -O2 -Wall -Wextra -Werror catch.cc $(flags --cflags) $lib -pthread -o catch
        LD_LIBRARY_PATH=$PREFIX_DIR/lib ./catch
    done
}

@test "a C++ exception that leaves a coroutine ends the program, at its entry" {
    cat >leave.cc <<'C'
#include <goroutine.h>
static void f(void *) { throw 1; }
int main() { try { go_coro_resume(go_coro_new(f, nullptr)); } catch (...) { return 5; } return 6; }
C
    # shellcheck disable=SC2046
    g++ -O2 leave.cc $(flags --cflags) "$PREFIX_DIR/lib/libgoroutine.a" -o leave
    run ./leave
    show
    [ "$status" -eq 2 ]
    [ "$output" = 'fatal error: a C++ exception left the function of a goroutine' ]
}

@test "the shared library exports the public interface and nothing else" {
    run bash -c "nm -D --defined-only '$PREFIX_DIR/lib/libgoroutine.so' | awk '{ print \$3 }' | grep -v '^go_'"
    show
    [ -z "$output" ]
    # Each function that the header declares is there.
    for name in $(grep -v '^ \*' "$PREFIX_DIR/include/goroutine.h" | grep -oE '\bgo_[a-z_]+\(' | tr -d '(' | grep -v '_$' | sort -u); do
        if grep -q "#define $name(" "$PREFIX_DIR/include/goroutine.h"; then continue; fi
        nm -D --defined-only "$PREFIX_DIR/lib/libgoroutine.so" | grep -qw "$name"
    done
}

@test "the static library exports the public interface and nothing else" {
    run bash -c "nm -g --defined-only '$PREFIX_DIR/lib/libgoroutine.a' | awk 'NF == 3 { print \$3 }' | grep -v '^go_'"
    show
    [ -z "$output" ]
    nm -g --defined-only "$PREFIX_DIR/lib/libgoroutine.a" | grep -qw go_coro_new
}

@test "a program may have names of its own that the library has inside" {
    cat >names.c <<'C'
#include <goroutine.h>
#include <stdlib.h>
struct stack { int n; };
void *tls_g;
int stack_alloc(struct stack *s, int n);
int stack_alloc(struct stack *s, int n) { s->n = n; return n; }
void fatal(const char *text);
void fatal(const char *text) { (void)text; abort(); }
void g_init(void);
void g_init(void) { abort(); }
static void one(void *arg) { go_coro_yield(arg); }
int main(void) {
    struct stack s;
    struct go_coro *co = go_coro_new(one, &s);
    int ok = tls_g == NULL && stack_alloc(&s, 3) == 3 && go_coro_resume(co) == &s && tls_g == NULL;
    go_coro_free(co);
    return !ok;
}
C
    for lib in "$PREFIX_DIR/lib/libgoroutine.a" "-L$PREFIX_DIR/lib -lgoroutine"; do
        # shellcheck disable=SC2046,SC2086
        gcc -Wall -Wextra -Werror names.c $(flags --cflags) $lib -pthread -o names
        LD_LIBRARY_PATH=$PREFIX_DIR/lib ./names
    done
    # Its own fatal does not become the library's.
    printf '#include <goroutine.h>\nvoid fatal(const char *);\nvoid fatal(const char *text) { (void)text; }\nint main(void) { go_coro_yield(0); return 0; }\n' >own.c
    # shellcheck disable=SC2046
    gcc own.c $(flags --cflags) "$PREFIX_DIR/lib/libgoroutine.a" -pthread -o own
    run ./own
    show
    [ "$status" -eq 2 ]
    [[ "$output" == 'fatal error: go_coro_yield'* ]]
}

@test "an installation of -flto objects is refused" {
    cd "$BATS_TEST_DIRNAME/.."
    for cc in gcc clang; do
        run "$MAKE" -s install CC=$cc OPT='-O2 -flto' BUILD="$BATS_TEST_TMPDIR/b" PREFIX="$BATS_TEST_TMPDIR/lto"
        show
        [ "$status" -eq 2 ]
        [[ "$output" == *-flto* ]]
        [ ! -e "$BATS_TEST_TMPDIR/lto/lib/libgoroutine.a" ]
    done
}

@test "the library for another machine is made by its own tools" {
    other=aarch64
    if [ "$(uname -m)" = aarch64 ]; then other=x86_64; fi
    "$MAKE" -s -C "$BATS_TEST_DIRNAME/.." install MACHINE=$other PREFIX="$PWD/other" >/dev/null
    run bash -c "$other-linux-gnu-nm -g --defined-only other/lib/libgoroutine.a | awk 'NF == 3 { print \$3 }' | grep -v '^go_'"
    show
    [ -z "$output" ]
    # shellcheck disable=SC2046
    $other-linux-gnu-gcc three.c -Iother/include other/lib/libgoroutine.a -pthread -o three
    qemu-$other -L /usr/$other-linux-gnu ./three
}

@test "the shared library can be loaded by dlopen" {
    cat >dl.c <<'C'
#include <dlfcn.h>
#include <stdio.h>
typedef void *co;
static void (*yield)(void *);
static void f(void *arg) { yield(arg); }
int main(int argc, char **argv) {
    (void)argc;
    void *lib = dlopen(argv[1], RTLD_NOW);
    if (!lib) { puts(dlerror()); return 1; }
    co (*make)(void (*)(void *), void *) = (co (*)(void (*)(void *), void *))dlsym(lib, "go_coro_new");
    void *(*resume)(co) = (void *(*)(co))dlsym(lib, "go_coro_resume");
    yield = (void (*)(void *))dlsym(lib, "go_coro_yield");
    return resume(make(f, argv)) != argv;
}
C
    gcc dl.c -o dl -ldl
    ./dl "$PREFIX_DIR/lib/libgoroutine.so"
}

@test "an installation that programs do not find by themselves says how they do" {
    cd "$BATS_TEST_DIRNAME/.."
    run "$MAKE" -s install PREFIX="$BATS_TEST_TMPDIR/usr"
    show
    [ "$status" -eq 0 ]
    [[ "$output" == *"LD_LIBRARY_PATH=$BATS_TEST_TMPDIR/usr/lib"*"-Wl,-rpath,$BATS_TEST_TMPDIR/usr/lib"*ldconfig* ]]
    run "$MAKE" -s install DESTDIR="$BATS_TEST_TMPDIR/pkg" PREFIX=/usr
    show
    [[ "$output" != *LD_LIBRARY_PATH* ]]
}

@test "the README's two lines give a program that runs" {
    # In a copy of /etc and an empty /usr/local, where we may mount them.
    cp -r /etc etc 2>/dev/null || true
    mkdir -p local etc
    awk '/^```c$/ { on = 1; next } /^```$/ { on = 0 } on' "$BATS_TEST_DIRNAME/../README.md" >program.c
    run unshare --user --map-root-user --mount bash -e -c '
        mount --bind local /usr/local && mount --bind etc /etc || { echo not permitted; exit 0; }
        "$MAKE" -s -C "$1" install PREFIX=/usr/local
        unset PKG_CONFIG_PATH LD_LIBRARY_PATH
        cc program.c $(pkg-config --cflags --libs goroutine)
        GOMAXPROCS=1 ./a.out Ann Bob' - "$BATS_TEST_DIRNAME/.."
    show
    [[ "$output" != *'unshare failed'* && "$output" != *'not permitted'* ]] || return 0
    [ "$status" -eq 0 ]
    # Who was started last runs first, as in Go.
    [[ "$output" == *'hello, Bob, from goroutine 3'$'\n''hello, Ann, from goroutine 2' ]]
    [[ "$output" != *LD_LIBRARY_PATH* ]]
}

@test "what is installed with a careful umask can be read by all" {
    (umask 077; "$MAKE" -s -C "$BATS_TEST_DIRNAME/.." install PREFIX="$PWD/usr" >/dev/null)
    [ "$(find usr -type d -perm 755 | wc -l)" -eq 4 ]
    [ "$(find usr -type f ! -perm -444)" = '' ]
}

@test "DESTDIR puts files elsewhere, and PREFIX still says where they will be" {
    cd "$BATS_TEST_DIRNAME/.."
    "$MAKE" -s install DESTDIR="$BATS_TEST_TMPDIR/pkg" PREFIX=/opt/go >/dev/null
    grep -q '^prefix=/opt/go$' "$BATS_TEST_TMPDIR/pkg/opt/go/lib/pkgconfig/goroutine.pc"
    "$MAKE" -s uninstall DESTDIR="$BATS_TEST_TMPDIR/pkg" PREFIX=/opt/go
    [ -z "$(find "$BATS_TEST_TMPDIR/pkg" -type f)" ]
}

@test "a PREFIX that cannot be written, or is not a full path: what to do" {
    cd "$BATS_TEST_DIRNAME/.."
    touch "$BATS_TEST_TMPDIR/file"
    run "$MAKE" -s install PREFIX="$BATS_TEST_TMPDIR/file"
    show
    [ "$status" -eq 2 ]
    [[ "$output" == *'PREFIX=$HOME/.local'* ]]
    run "$MAKE" -s install PREFIX=usr
    [ "$status" -eq 2 ]
    [[ "$output" == *'must begin with /'* ]]
}
