/** @file memory.c  What belongs to an execution: the variables of the program,
 * and the memory that the runtime asks for. Both begin as at first each time.
 *
 * Most of it is never touched. So all is closed to begin with, and a page is
 * opened, and noted, when somebody comes to it for the first time. From then on
 * it is restored before each execution, and looked at when states are compared.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "engine.h"

extern char __data_start[], _end[];
extern char __start_explore_keep[], __stop_explore_keep[];

enum { PAGE = 4096, MEMORY = 1 << 30, MOST_PAGES = 1 << 16 };

static struct {
    char *data, *data_end;      // variables of the program
    char *keep, *keep_end;      // pages with ours among them: never closed
    char *copy;                 // of [data, data_end), as it was at first
    char *memory, *memory_end;  // for the runtime: zero at first
    size_t used;
    int count;
    struct page {
        char *at;
        size_t bytes;
        const char *first;      // what was there at first; NULL: zero
    } *page;                    // those that are open
} space __attribute__((section("explore_keep")));

static char *
down(const char *p)
{
    return (char *)((uintptr_t)p & ~(uintptr_t)(PAGE - 1));
}

static char *
up(const char *p)
{
    return down(p + PAGE - 1);
}

void *
memory_pages(size_t bytes, int protection)
{
    void *p = mmap(NULL, bytes, protection,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (p == MAP_FAILED) {
        perror("explore: no memory");
        exit(2);
    }
    return p;
}

static void
note(char *at, size_t bytes, const char *first)
{
    if (space.count == MOST_PAGES) {
        fprintf(stderr, "explore: the check uses more than %d pages of memory\n",
                MOST_PAGES);
        exit(2);
    }
    if (bytes > 0)
        space.page[space.count++] = (struct page){ at, bytes, first };
}

static const char *
copy_of(const char *p)
{
    return space.copy + (p - space.data);
}

void
memory_start(void)
{
    space.data = __data_start;
    space.data_end = _end;
    space.keep = down(__start_explore_keep);
    space.keep_end = up(__stop_explore_keep);
    space.page = memory_pages(MOST_PAGES * sizeof(*space.page), PROT_READ | PROT_WRITE);
    space.memory = memory_pages(MEMORY, PROT_NONE);
    space.memory_end = space.memory + MEMORY;
    space.copy = memory_pages((size_t)(space.data_end - space.data), PROT_READ | PROT_WRITE);
    memcpy(space.copy, space.data, (size_t)(space.data_end - space.data));

    // What shares a page with ours is always open.
    char *before = space.keep > space.data ? space.keep : space.data;
    char *after = space.keep_end < space.data_end ? space.keep_end : space.data_end;

    note(before, (size_t)(__start_explore_keep - before), copy_of(before));
    note(__stop_explore_keep, (size_t)(after - __stop_explore_keep),
         copy_of(__stop_explore_keep));
    if (down(space.data) < space.keep)
        mprotect(down(space.data), (size_t)(space.keep - down(space.data)), PROT_READ);
    if (space.keep_end < space.data_end)
        mprotect(space.keep_end, (size_t)(up(space.data_end) - space.keep_end), PROT_READ);
}

static bool
within(const char *p, const char *from, const char *to)
{
    return p >= from && p < to;
}

// Somebody has come to a closed place. If it may, it is open on return; false
// if the access was wrong.
bool
memory_open(const void *address)
{
    char *page = down(address);
    const bool data = within(page, down(space.data), space.keep) ||
                      within(page, space.keep_end, space.data_end);
    char *from = page, *to = page + PAGE;

    if (!data && !within(address, space.memory, space.memory + space.used))
        return false;
    // The first page, and the last, hold other things, too.
    if (data && from < space.data)
        from = space.data;
    if (data && to > space.data_end)
        to = space.data_end;
    for (int i = 0; i < space.count; i++)
        if (space.page[i].at == from)
            return false;               // open, and yet: wrong
    mprotect(page, PAGE, PROT_READ | PROT_WRITE);
    note(from, (size_t)(to - from), data ? copy_of(from) : NULL);
    return true;
}

void
memory_restore(void)
{
    for (int i = 0; i < space.count; i++) {
        const struct page *p = &space.page[i];

        if (p->first != NULL)
            memcpy(p->at, p->first, p->bytes);
        else
            memset(p->at, 0, p->bytes);
    }
    space.used = 0;
}

void *
explore_memory(size_t bytes)
{
    char *p = space.memory + space.used;

    bytes = (bytes + PAGE - 1) & ~(size_t)(PAGE - 1);
    if (bytes > (size_t)(space.memory_end - p)) {
        errno = ENOMEM;
        return NULL;
    }
    space.used += bytes;
    return p;
}

// Whether it lies in the memory that the runtime was given.
bool
memory_is_mine(uintptr_t address)
{
    return within((const char *)address, space.memory, space.memory + space.used);
}

// Show fn what is open of [from, to).
void
memory_each_open(uintptr_t from, uintptr_t to, void (*fn)(uintptr_t, uintptr_t))
{
    for (int i = 0; i < space.count; i++) {
        const uintptr_t at = (uintptr_t)space.page[i].at;
        const uintptr_t end = at + space.page[i].bytes;

        if (at < to && end > from)
            fn(at > from ? at : from, end < to ? end : to);
    }
}

// An address of the program, as a number that is the same in each run of it;
// then *kind says of which memory. Else false.
bool
memory_number(uint64_t address, char *kind, unsigned long *number)
{
    const char *p = (const char *)(uintptr_t)address;

    if (within(p, space.memory, space.memory_end)) {
        *kind = '@';
        *number = (unsigned long)(p - space.memory);
        return true;
    }
    *kind = '&';
    *number = (unsigned long)(p - space.data);
    return within(p, space.data, space.data_end);
}

// ---- One number for all of it ----------------------------------------------

uint64_t
memory_mix(uint64_t hash, const void *bytes, size_t n)
{
    const uint64_t odd = 0x9e3779b97f4a7c15;
    const char *p = bytes;
    uint64_t lane[4] = { hash, hash ^ 1, hash ^ 2, hash ^ 3 };

    for (; n >= sizeof(lane); n -= sizeof(lane), p += sizeof(lane)) {
        uint64_t word[4];

        memcpy(word, p, sizeof(word));
        for (int i = 0; i < 4; i++) {
            lane[i] = (lane[i] ^ word[i]) * odd;
            lane[i] ^= lane[i] >> 29;
        }
    }
    for (; n > 0; n--, p++)
        lane[0] = (lane[0] ^ (unsigned char)*p) * odd;
    for (int i = 1; i < 4; i++) {
        lane[0] = (lane[0] ^ lane[i]) * odd;
        lane[0] ^= lane[0] >> 32;
    }
    return lane[0];
}

// All that the program could read, but for what is dead: the n places
// [dead[i][0], dead[i][1]), each in memory for the runtime.
uint64_t
memory_hash(uint64_t hash, const uintptr_t (*dead)[2], int n)
{
    // With another page open nothing can be compared to what was before.
    hash ^= (uint64_t)space.count << 32 ^ space.used;
    for (int i = 0; i < space.count; i++) {
        const struct page *p = &space.page[i];
        uintptr_t from = (uintptr_t)p->at, to = from + p->bytes;

        while (from < to) {
            uintptr_t end = to;

            for (int k = 0; k < n; k++) {
                if (dead[k][0] <= from && dead[k][1] > from)
                    from = end = dead[k][1];
                else if (dead[k][0] > from && dead[k][0] < end)
                    end = dead[k][0];
            }
            if (from < to && from < end)
                hash = memory_mix(hash, (const void *)from, end - from);
            from = end;
        }
    }
    return hash;
}

// The variables of the program only: what an execution has come to.
uint64_t
memory_variables(void)
{
    uint64_t hash = memory_mix(1, space.data, (size_t)(__start_explore_keep - space.data));

    return memory_mix(hash, __stop_explore_keep,
                      (size_t)(space.data_end - __stop_explore_keep));
}
