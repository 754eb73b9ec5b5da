/** @file kinds.c  Four kinds of stacks: what each costs.
 *
 *   fixed      as large as it will ever be, and all of it written to: malloc
 *              and memset, as for an array
 *   guarded    pages of its own and a guard, from the kernel each time
 *   reserved   the library's: addresses in slabs, guards for many at once
 *   copied     begins with 2 KiB, and is copied when it is full
 *
 * Times are in nanoseconds for one, the least of some rounds; memory in bytes.
 */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "copying.h"
#include "stack.h"

enum { SIZE = 64 << 10, N = 2000, ROUNDS = 5 };

static int64_t
since(int64_t start)
{
    return world.now() - start;
}

// The least of ROUNDS runs of fn, in nanoseconds for each of n.
static double
least(int64_t (*fn)(void), int n)
{
    int64_t best = INT64_MAX;

    for (int i = 0; i < ROUNDS; i++) {
        int64_t ns = fn();

        if (ns < best)
            best = ns;
    }
    return (double)best / n;
}

static long
resident_bytes(void)
{
    long pages = 0, all;
    FILE *f = fopen("/proc/self/statm", "r");

    if (f == NULL || fscanf(f, "%ld %ld", &all, &pages) != 2)
        pages = 0;
    if (f != NULL)
        fclose(f);
    return pages * (long)world.page_size();
}

static void
touch(uintptr_t at)
{
    *(volatile char *)at = 1;
}

// ---- Making one, touching its first page, and freeing it -------------------

static int64_t
fixed(void)
{
    int64_t start = world.now();

    for (int i = 0; i < N; i++) {
        char *memory = malloc(SIZE);

        if (memory == NULL)
            fatal("kinds: no memory");
        memset(memory, 1, SIZE);
        __asm__ volatile("" : : "r"(memory) : "memory");
        free(memory);
    }
    return since(start);
}

static int64_t
guarded(void)
{
    int64_t start = world.now();

    for (int i = 0; i < N; i++) {
        char *memory = world.map(SIZE + STACK_GUARD);

        if (memory == NULL || world.guard(memory, STACK_GUARD) != 0)
            fatal("kinds: no memory");
        touch((uintptr_t)memory + STACK_GUARD + SIZE - 1);
        world.unmap(memory, SIZE + STACK_GUARD);
    }
    return since(start);
}

static struct stack stacks[N * ROUNDS];
static int made;

// Stacks that nobody had before: carved, guarded, and touched.
static int64_t
reserved(void)
{
    int64_t start = world.now();

    for (int i = 0; i < N; i++) {
        if (!stack_alloc(&stacks[made], SIZE))
            fatal("kinds: no memory");
        touch(stacks[made++].hi);
    }
    return since(start);
}

static int64_t
again(void)
{
    struct stack s;
    int64_t start = world.now();

    for (int i = 0; i < N; i++) {
        if (!stack_alloc(&s, SIZE))
            fatal("kinds: no memory");
        touch(s.hi);
        stack_free(&s);
    }
    return since(start);
}

// ---- A page that is touched for the first time -----------------------------

static int64_t
first_touch(void)
{
    const size_t page = world.page_size();
    char *memory = world.reserve(N * page);
    int64_t start = world.now();

    if (memory == NULL)
        fatal("kinds: no memory");
    for (int i = 0; i < N; i++)
        touch((uintptr_t)memory + (size_t)i * page);
    start = since(start);
    world.unmap(memory, N * page);
    return start;
}

// ---- What copying costs, and what asking costs -----------------------------

enum { DEPTH = 1000, CALLS = 100 };

__attribute__((noinline)) static long
unchecked(long depth)
{
    volatile long mine[8];

    mine[depth % 8] = depth;
    return depth == 0 ? 0 : unchecked(depth - 1) + mine[depth % 8];
}

__attribute__((noinline)) static long
checked(long depth)
{
    volatile long mine[8];

    moving_check();
    mine[depth % 8] = depth;
    return depth == 0 ? 0 : checked(depth - 1) + mine[depth % 8];
}

static int64_t elapsed;

static void
grows(void)
{
    int64_t start = world.now();

    checked(DEPTH);
    elapsed = since(start);
}

static int64_t
growing(void)
{
    moving_run(grows);
    return elapsed;
}

static void
calls_checked(void)
{
    checked(DEPTH);

    int64_t start = world.now();

    for (int i = 0; i < CALLS; i++)
        checked(DEPTH);
    elapsed = since(start);
}

static int64_t
grown(void)
{
    moving_run(calls_checked);
    return elapsed;
}

static int64_t
not_checked(void)
{
    unchecked(DEPTH);

    int64_t start = world.now();

    for (int i = 0; i < CALLS; i++)
        unchecked(DEPTH);
    return since(start);
}

int
main(void)
{
    printf("fixed %.1f\n", least(fixed, N));
    printf("guarded %.1f\n", least(guarded, N));

    const long before = resident_bytes();

    printf("reserved %.1f\n", least(reserved, N));

    const long each = (resident_bytes() - before) / made;

    printf("again %.1f\n", least(again, N));
    printf("touch %.1f\n", least(first_touch, N));
    printf("growing %.1f\n", least(growing, DEPTH));
    printf("grown %.1f\n", least(grown, DEPTH * CALLS));
    printf("unchecked %.1f\n", least(not_checked, DEPTH * CALLS));
    printf("fixed-bytes %d\n", SIZE);
    printf("reserved-bytes %ld\n", each);
    printf("copied-bytes %d\n", MOVING_LEAST);
    printf("usual-kib %d\n", STACK_DEFAULT >> 10);
    printf("guard-kib %d\n", STACK_GUARD >> 10);
    printf("least-kib %d\n", MOVING_LEAST >> 10);
    return 0;
}
