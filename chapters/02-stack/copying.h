/** @file copying.h  A small stack that grows by copying, as Go's do.
 *
 * One function runs on a stack that moves. Each of its functions begins with
 * moving_check: if little is left, the stack is copied to one of twice the
 * size, and the function goes on there. In Go the compiler puts the check into
 * every function, and knows which words are pointers. Here we know neither: we
 * take each word on the stack, and in the registers saved, that points into
 * the old stack for a pointer, and move it along.
 *
 * That is right for these programs, and not for all C: a pointer elsewhere that
 * leads to the stack goes stale. So this is a preview. (No sanitizer knows of
 * stacks that move.)
 */
#ifndef COPYING_H
#define COPYING_H

#include <stdlib.h>
#include <string.h>

#include "runtime.h"

enum {
    MOVING_LEAST = 2 << 10,     // as in Go
    MOVING_GUARD = 1 << 10,     // for the switch, and functions without check
    MOVES_MOST   = 64,          // of one stack
};

static struct {
    struct g g;                 // on the stack that moves
    struct g *home;             // the thread, which copies
    uintptr_t guard;            // a check compares with this word
    void (*fn)(void);
    bool ended;
    size_t largest;             // that the stack has been, in bytes

    // All that it has been. They are freed at the end, so that a pointer that
    // went stale leads to what was left there, and not anywhere.
    void *memory[MOVES_MOST];
    int stacks;
} moving;

static struct stack
moving_fresh(size_t bytes)
{
    char *memory = aligned_alloc(64, bytes);

    if (memory == NULL || moving.stacks == MOVES_MOST)
        fatal("copying: no memory for %zu bytes", bytes);
    moving.memory[moving.stacks++] = memory;
    if (bytes > moving.largest)
        moving.largest = bytes;
    return (struct stack){ .lo = (uintptr_t)memory,
                           .hi = (uintptr_t)memory + bytes };
}

// Words that point into the old stack shall point into the new one.
static inline void
moving_adjust(uintptr_t *from, const uintptr_t *to, const struct stack *old,
              uintptr_t distance)
{
    for (uintptr_t *word = from; word < to; word++)
        if (*word >= old->lo && *word < old->hi)
            *word += distance;
}

// On the thread's stack: the other one gets `bytes`.
static inline void
moving_copy(size_t bytes)
{
    const struct stack old = moving.g.stack;
    const size_t used = old.hi - moving.g.sched.sp;
    const struct stack new = moving_fresh(bytes);
    const uintptr_t distance = new.hi - old.hi;
    uintptr_t *const registers = (uintptr_t *)&moving.g.sched;

    memcpy((void *)(new.hi - used), (void *)(old.hi - used), used);
    moving_adjust((uintptr_t *)(new.hi - used), (uintptr_t *)new.hi, &old,
                  distance);
    moving_adjust(registers, registers + sizeof(struct gobuf) / 8, &old,
                  distance);
    moving.g.stack = new;
    moving.guard = new.lo + MOVING_GUARD;
}

static inline void
moving_main(void *arg)
{
    (void)arg;
    moving.fn();
    moving.ended = true;
    g_switch(&moving.g, moving.home, NULL);
}

// Run fn on a stack that has MOVING_LEAST bytes, and moves.
static inline void
moving_run(void (*fn)(void))
{
    moving.home = g_current();
    moving.fn = fn;
    moving.ended = false;
    moving.g = (struct g){ .stack = moving_fresh(MOVING_LEAST) };
    moving.guard = moving.g.stack.lo + MOVING_GUARD;
    g_init(&moving.g, moving_main, NULL);
    for (;;) {
        size_t bytes = (size_t)g_switch(moving.home, &moving.g, NULL);

        if (moving.ended)
            break;
        moving_copy(bytes);
    }
    while (moving.stacks > 0)
        free(moving.memory[--moving.stacks]);
}

// On the stack that moves: ask for another size.
__attribute__((noinline)) static void
moving_resize(size_t bytes)
{
    g_switch(&moving.g, moving.home, (void *)bytes);
}

// What Go's compiler puts at the beginning of each function.
static inline void
moving_check(void)
{
    if ((uintptr_t)__builtin_frame_address(0) < moving.guard)
        moving_resize(2 * (moving.g.stack.hi - moving.g.stack.lo));
}

// What Go's collector does with a stack of which less than a quarter is used.
static inline void
moving_shrink(void)
{
    const size_t bytes = moving.g.stack.hi - moving.g.stack.lo;
    const size_t used = moving.g.stack.hi -
                        (uintptr_t)__builtin_frame_address(0);

    if (bytes > MOVING_LEAST && used + MOVING_GUARD / 2 < bytes / 4)
        moving_resize(bytes / 2);
}

#endif
