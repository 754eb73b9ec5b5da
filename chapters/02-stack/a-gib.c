/** @file a-gib.c  How much memory does a stack of a GiB take? */
#include <stdio.h>

#include "stack.h"

static bool stands, looked;

static void
small(int n)
{
    volatile int local = n;

    __atomic_store_n(&stands, local == n, __ATOMIC_RELEASE);
    while (!__atomic_load_n(&looked, __ATOMIC_ACQUIRE))
        go_gosched();
}

// How many of the pages from lo to the record are in memory. (That a page is
// asked about does not bring it there.)
static long
pages_in(const struct stack *s)
{
    const size_t page = world.page_size();
    unsigned char in[256];
    long n = 0;

    for (uintptr_t at = s->lo; at < s->hi; at += sizeof(in) * page) {
        size_t bytes = s->hi - at;

        if (bytes > sizeof(in) * page)
            bytes = sizeof(in) * page;
        if (world.resident((void *)at, bytes, in) != 0)
            return -1;
        for (size_t i = 0; i * page < bytes; i++)
            n += in[i] & 1;
    }
    return n;
}

static long found;

static void
look(struct g *gp, void *arg)
{
    (void)arg;
    if (gp->stack_max == (size_t)1 << 30)
        found = pages_in(&gp->stack);
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_with((&(struct go_attr){ .stack_max = (size_t)1 << 30 }), small, 7);
    while (!__atomic_load_n(&stands, __ATOMIC_ACQUIRE))
        go_gosched();
    stack_each(look, NULL);
    __atomic_store_n(&looked, true, __ATOMIC_RELEASE);
    return 0;
}

int
main(int argc, char **argv)
{
    go_run(go_main, argc, argv);
    printf("pages in memory: %ld\n", found);
    return 0;
}
