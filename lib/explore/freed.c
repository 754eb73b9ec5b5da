/** @file freed.c  Memory that was given back, and what still uses it.
 *
 * Two kinds: what the runtime gave back to the world, and the stack of a
 * goroutine that has ended, until it is another one's. Neither is used again
 * for something else behind the explorer's back: an execution never gets the
 * same pages twice. A step at such a place is a failure, at once. Plain
 * accesses are not seen; so all of it is filled with a poison, an address at
 * which nothing is, and whoever follows it crashes there, and nowhere else.
 */
#include <string.h>
#include <sys/mman.h>

#include "engine.h"

#define POISON 0x5a5a5a5a5a5au

enum { AROUND = 1 << 16, MOST = 64 };

static struct {
    uintptr_t from, to;
} freed[MOST] __attribute__((section("explore_keep")));

static int count __attribute__((section("explore_keep")));

void
freed_start(void)
{
    mmap((void *)(POISON & ~(uintptr_t)0xfff), AROUND, PROT_NONE,
         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
}

void
freed_begin_execution(void)
{
    count = 0;
}

static void
poison(uintptr_t from, uintptr_t to)
{
    for (; from < to; from += sizeof(uint64_t))
        *(uint64_t *)from = POISON;
}

void
explore_free(void *memory, size_t bytes)
{
    const uintptr_t from = (uintptr_t)memory;

    if (count == MOST)
        return;
    freed[count].from = from;
    freed[count++].to = from + bytes;
    memory_each_open(from, from + bytes, poison);
}

// gp has ended, and nobody stands on its stack.
void
freed_stack(const struct g *gp)
{
    memory_each_open(gp->stack.lo, gp->stack.hi, poison);
}

// For the number of a state: which places these are.
uint64_t
freed_mix(uint64_t hash)
{
    return memory_mix(hash, freed, (size_t)count * sizeof(freed[0]));
}

// A step is about to be made at address: NULL, or what is wrong with that.
const char *
freed_at(const volatile void *address)
{
    const uintptr_t at = (uintptr_t)address;

    for (int i = 0; i < count; i++)
        if (at >= freed[i].from && at < freed[i].to)
            return "Memory is used after it was freed.";
    if (state_is_dead_stack(at))
        return "The stack of a goroutine is used that has ended.";
    return NULL;
}

// Whether an access failed because its pointer had been read from such memory.
bool
freed_pointer(const void *address)
{
    return (uintptr_t)address - (POISON & ~(uintptr_t)0xfff) < AROUND;
}
