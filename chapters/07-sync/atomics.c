/** @file atomics.c  Which instructions are atomic operations made of?
 *
 * Looks for their first bytes, as they are on x86-64. On another machine, where
 * they are others, it looks at what they do.
 */
#include <string.h>
#include <sys/utsname.h>

#include "../01-context/claim.h"
#include <goroutine.h>

static int64_t word, flag[2], seen[2];

__attribute__((noinline)) static int64_t add(void) { return go_add(&word, 1); }
__attribute__((noinline)) static bool cas(int64_t from) { return go_cas(&word, from, from + 1); }
__attribute__((noinline)) static int64_t load(void) { return go_load(&word); }
__attribute__((noinline)) static void store(int64_t v) { go_store(&word, v); }

static const char *
is(bool so)
{
    return so ? "true" : "false";
}

// How long a function is: up to the next one of them, and no more than 48 bytes.
static size_t
length(const char *fn)
{
    const char *const all[] = { (char *)add, (char *)cas, (char *)load, (char *)store };
    size_t n = 48;

    for (int i = 0; i < 4; i++)
        if (all[i] > fn && (size_t)(all[i] - fn) < n)
            n = (size_t)(all[i] - fn);
    return n;
}

// Whether these bytes stand in a function.
static bool
has(const void *fn, const char *bytes)
{
    return memmem(fn, length(fn), bytes, strlen(bytes)) != NULL;
}

static void
adds(void)
{
    for (int i = 0; i < 1000; i++) {
        add();
        for (int64_t was = load(); !cas(was); was = load())
            ;
    }
}

static void
says(int me)
{
    go_store(&flag[me], 1);
    seen[me] = go_load(&flag[!me]);
}

static int
go_main(int argc, char **argv)
{
    struct go_waitgroup wg = {0};
    struct utsname machine;
    int neither = 0;

    (void)argc;
    (void)argv;
    uname(&machine);
    go_gomaxprocs(2);
    const bool x86 = strcmp(machine.machine, "x86_64") == 0;

    for (int i = 0; i < 4; i++)
        go_waitgroup_go(&wg, adds);
    go_waitgroup_wait(&wg);
    const bool sum = word == 8000;

    // Each says something, and then looks at what the other one says.
    for (int i = 0; i < 1000; i++) {
        store(0);
        flag[0] = flag[1] = 0;
        go_waitgroup_go(&wg, says, 0);
        go_waitgroup_go(&wg, says, 1);
        go_waitgroup_wait(&wg);
        neither += seen[0] == 0 && seen[1] == 0;
    }

    const bool xadd = !x86 || has(add, "\xf0\x48\x0f\xc1");
    const bool cmpxchg = !x86 || has(cas, "\xf0\x48\x0f\xb1");
    // mfence, lfence, or anything with lock before it
    const bool fence = x86 && (has(load, "\x0f\xae\xf0") || has(load, "\x0f\xae\xe8") ||
                               has(load, "\xf0\x48"));
    const bool xchg = !x86 || has(store, "\x48\x87");

    verdict("7.21 7.27", is(sum), "4 goroutines added 1, 2000 times each, without a lock: 8000");
    verdict("7.22", is(xadd && cmpxchg), "one instruction each on x86-64, one or three on aarch64");
    verdict("7.23", is(xadd), "lock xadd");
    verdict("7.24", is(cmpxchg), "lock cmpxchg");
    verdict("7.25", fence ? "true" : "false", "an ordinary mov on x86-64, ldar on aarch64: no barrier");
    verdict("7.26", xchg ? "half true" : "true", "xchg, which is one itself; stlr on aarch64");
    verdict("7.30", sum && neither == 0 ? "half true" : "false",
            "since Go 1.19 the memory model says it: of two, one sees the other. Not faster");
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
