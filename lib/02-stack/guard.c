/** @file guard.c  Guards in three ways, the best that the kernel allows.
 *
 *   regions  marks in the page table (MADV_GUARD_INSTALL, Linux 6.13). Any
 *            number, many at a time.
 *   pages    mprotect. Each splits a mapping, and a process may have no more
 *            than vm.max_map_count of them, 65,530 usually: the end is at
 *            some 30,000 stacks.
 *   canary   none: a word at the low end of the stack, looked at whenever
 *            the goroutine stops (stack_check). By then an overflow may have
 *            damaged what lies below. Said once on standard error.
 *
 * What has failed is not tried again. Mirrors nothing in Go, whose compiler
 * checks the stack pointer in each function.
 */
#include <stdlib.h>
#include <sys/uio.h>

#include "stack.h"

#include "guard.h"

static ATOMIC(enum guard_kind) kind;
static ATOMIC(uint32_t) pages;          // guards made by mprotect

enum guard_kind
stack_guard_kind(void)
{
    return atomic_load_relaxed(&kind);
}

// How many mappings the kernel lets a process have.
static uint32_t
max_mappings(void)
{
    static ATOMIC(uint32_t) known;
    uint32_t n = atomic_load_relaxed(&known);
    char text[32];

    if (n == 0) {
        ssize_t bytes = world.read_file("/proc/sys/vm/max_map_count", text,
                                        sizeof(text) - 1);

        text[bytes > 0 ? bytes : 0] = '\0';
        n = (uint32_t)strtoul(text, NULL, 10);
        n = n != 0 ? n : 65530;
        atomic_store_relaxed(&known, n);
    }
    return n;
}

// From now on stacks have canaries only.
static void
no_more_pages(void)
{
    enum guard_kind was = GUARD_PAGES;

    if (!atomic_cas(&kind, &was, GUARD_CANARY))
        return;                         // somebody else has said it

    char note[400];
    int n = snprintf(note, sizeof(note),
        "runtime: %u stacks have guard pages, and vm.max_map_count (%u) "
        "leaves room for no more.\n"
        "runtime: the overflow of a further stack is noticed only when its "
        "goroutine stops. Raise the limit\n"
        "runtime: (sysctl -w vm.max_map_count=1000000), or use Linux 6.13, "
        "which needs none.\n",
        atomic_load_relaxed(&pages), max_mappings());

    world.write(note, (size_t)n);
}

// From now on stacks have pages, unless they have canaries already.
static void
no_more_regions(void)
{
    enum guard_kind was = GUARD_REGIONS;

    atomic_cas(&kind, &was, GUARD_PAGES);
}

// A guard page splits one mapping into three. A tenth of the limit is left to
// the program.
static bool
room_for_page(void)
{
    uint32_t n = atomic_load_relaxed(&pages);

    return 2 * (n + 1) < max_mappings() / 10 * 9;
}

uint32_t
guard_install(char *first, uint32_t n, size_t stride)
{
    // [guard-install]
    if (stack_guard_kind() == GUARD_REGIONS && !hooks_allow_regions())
        no_more_regions();
    if (stack_guard_kind() == GUARD_REGIONS) {
        struct iovec place[GUARD_BATCH];

        for (uint32_t i = 0; i < n; i++)
            place[i] = (struct iovec){ first + i * stride, STACK_GUARD };
        if (world.guard_regions(place, (int)n) == 0)
            return n;
        no_more_regions();
    }
    for (uint32_t i = 0; i < n; i++) {
        if (stack_guard_kind() != GUARD_PAGES)
            return i;
        if (!room_for_page() || world.guard(first + i * stride, STACK_GUARD) != 0) {
            no_more_pages();
            return i;
        }
        atomic_add(&pages, 1);
    }
    return n;
    // [guard-install]
}
