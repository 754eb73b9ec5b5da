/** @file growth.c  A stack that begins with 2 KiB, and what it does then.
 *
 * copying.h does what Go's runtime does: each function compares its stack
 * pointer with a word, and the stack is copied when little is left.
 */
#include "../01-context/claim.h"
#include "copying.h"

enum { DEPTH = 2000, SIZES = 24, LIMIT = 1000000000 };

static size_t sizes[SIZES];             // that the stack has had, in turn
static int n_sizes;
static long sum;
static bool pointer_is_right = true;
static size_t shrunk_to;
static bool alone_is_small;
static long checks_that_grew, checks_that_did_not;

static void
note_size(void)
{
    const size_t bytes = moving.g.stack.hi - moving.g.stack.lo;

    if (n_sizes < SIZES && (n_sizes == 0 || sizes[n_sizes - 1] != bytes))
        sizes[n_sizes++] = bytes;
}

__attribute__((noinline)) static long
add(long depth)
{
    volatile long mine = depth;
    volatile long *volatile pointer = &mine;
    const uintptr_t before = moving.g.stack.lo;
    long below = 0;

    moving_check();
    if (moving.g.stack.lo != before)
        checks_that_grew++;
    else
        checks_that_did_not++;
    note_size();
    if (depth > 0)
        below = add(depth - 1);
    pointer_is_right &= pointer == &mine && *pointer == depth;
    return below + mine;
}

static void
grows_and_shrinks(void)
{
    note_size();
    alone_is_small = sizes[0] == MOVING_LEAST;
    sum = add(DEPTH);
    // Shallow again. Go's collector would halve it each time it comes by.
    for (int i = 0; i < SIZES; i++)
        moving_shrink();
    shrunk_to = moving.g.stack.hi - moving.g.stack.lo;
}

static const char *
is(bool so)
{
    return so ? "true" : "false";
}

int
main(void)
{
    size_t most = MOVING_LEAST;
    bool doubled = true;

    moving_run(grows_and_shrinks);
    for (int i = 1; i < n_sizes; i++)
        doubled &= sizes[i] == 2 * sizes[i - 1];
    while (2 * most <= LIMIT)
        most *= 2;

    const bool right = sum == (long)DEPTH * (DEPTH + 1) / 2;
    const bool grew = n_sizes > 3 && right;

    verdict("2.2 2.18 2.30 2.41", is(grew && shrunk_to == sizes[0]),
            "2 KiB became many times as much, and 2 KiB again");
    verdict("2.4 2.19 2.44", is(grew && checks_that_grew == n_sizes - 1),
            "each time a check failed, the stack was copied to a larger one");
    verdict("2.5 2.45", is(grew && pointer_is_right),
            "pointers on the stack were moved along; the sum is right");
    verdict("2.6", is(shrunk_to < moving.largest),
            "halved as long as less than a quarter was in use");
    verdict("2.31 2.35", shrunk_to == sizes[0] ? "half true" : "false",
            "not by itself: Go's collector does it, by half, when it runs");
    verdict("2.20", is(sizes[0] == 2048 && sizes[1] == 4096),
            "the first copy was to twice as much");
    verdict("2.13 2.21", doubled && most < LIMIT ? "half true" : "false",
            "doubled each time; the last that fits under 10^9 bytes is 2^29");
    verdict("2.12 2.38", is(checks_that_grew > 0 && checks_that_did_not > 0),
            "one word; a function that finds itself below it asks for more");
    verdict("2.39", moving.home->stack.lo == 0 ? "outdated" : "true",
            "a thread's own stack is never copied; Go's runtime is no longer C");
    verdict("2.43", checks_that_did_not > checks_that_grew ? "half true"
            : "false", "all but small functions, of which the linker knows "
            "that they fit");
    return 0;
}
