/** @file 06-chan_ring-after.c  Which place of a ring comes after which? */
#include "chan.h"
#include "check.h"

enum { MOST = 8, LONGEST = 24 };

static union {
    struct chan c;
    char all[sizeof(struct chan) + 4 * MOST * LONGEST];
} room;

// A ring of so many elements of this size, and each is sent and received, one
// after the other.
static void
goes_round(size_t places, size_t size)
{
    struct chan *c = &room.c;
    struct g *ready;
    char value[LONGEST] = {0};

    *c = (struct chan){ .run = run_number, .elem_size = size, .cap = places,
                        .end = places * size };
    step("going round the ring");
    for (size_t i = 1; i <= 2 * places + 1; i++) {
        const size_t before = c->sendx, should = i % places * size;

        chan_put(c, value, &ready);
        chan_take(c, value, &ready);
        if (c->sendx == should)
            continue;
        if (size > 0 && c->sendx % size != 0)
            fail("A place of the ring begins within an element.",
                 "A place is as long as an element: c->elem_size bytes.",
                 "%zu places of %zu bytes: after %zu comes %zu", places, size,
                 before, c->sendx);
        if (before + size >= c->end)
            fail("The place after the last one is not the first.",
                 "A ring has no end: after the last place, which begins at "
                 "c->end less one element, comes 0.",
                 "%zu places of %zu bytes: after %zu comes %zu", places, size,
                 before, c->sendx);
        if (c->sendx == 0)
            fail("A place of the ring is never used.",
                 "c->end is where the last place ends, and no place begins.",
                 "%zu places of %zu bytes: after %zu comes 0", places, size,
                 before);
        fail("A place is left out.", "After a place comes the next one.",
             "%zu places of %zu bytes: after %zu comes %zu", places, size,
             before, c->sendx);
    }
}

static void
bytes(void)
{
    goes_round(3, 1);
    goes_round(1, 1);
}

static void
words(void)
{
    goes_round(1, 8);
    goes_round(2, 8);
    goes_round(5, 4);
}

static void
larger_ones(void)
{
    goes_round(3, LONGEST);
    goes_round(MOST, LONGEST);
}

static void
without_a_size(void)
{
    goes_round(2, 0);
}

static bool
explain(const struct crash *c, const char **what, const char **why)
{
    if (c->signal != 8)
        return false;
    *what = "A ring of 0 bytes is divided by.";
    *why = "Elements may have no size: struct go_unit has none. Then the ring "
           "ends at 0, and nothing can be divided by that.";
    return true;
}

int
main(void)
{
    explain_crashes(explain);
    ask(words);
    ask(larger_ones);
    ask(bytes);
    ask(without_a_size);
    return asked();
}
