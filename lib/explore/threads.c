/** @file threads.c  Played threads: how they begin, sleep, and end. */
#include <string.h>

#include "engine.h"

int
thread_number(const struct thread *t)
{
    return (int)(t - explorer->thread);
}

static const uint32_t joining;  // what thread 0 sleeps on in explore_join

static bool
others_ended(const struct thread *me)
{
    for (int i = 0; i < explorer->threads; i++)
        if (&explorer->thread[i] != me && explorer->thread[i].state != ENDED)
            return false;
    return true;
}

static void
thread_main(void *arg)
{
    struct thread *t = arg;

    t->g = NULL;
    t->fn(t->arg);
    explore_point(t->at.file, t->at.line, "ends", NULL, NULL);
    explore_fence(__ATOMIC_SEQ_CST);
    t->state = ENDED;
    if (thread_number(t) == 0)
        engine_leave();
    if (others_ended(&explorer->thread[0]))
        explore_wake(&joining, 1);
    turn_give();
}

void
thread_begin(void (*fn)(void *), void *arg)
{
    struct explorer *x = explorer;

    if (x->threads == THREADS)
        explore_fail(__FILE__, __LINE__, "There are too many threads for the explorer.", NULL);

    struct thread *t = &x->thread[x->threads++];
    struct stack stack = { .lo = (uintptr_t)t->stack };
    char *memory = t->stack;

    stack.hi = stack.lo + STACK;
    memset(t, 0, sizeof(*t));
    t->stack = memory;
    t->fn = fn;
    t->arg = arg;
    t->state = READY;
    t->boot.fn = thread_main;
    t->boot.arg = t;
    t->g = &t->boot;
    t->at = (struct step){ .file = "the beginning", .what = "begins" };
    gobuf_init(&t->buf, &stack);
}

void
explore_thread(void (*fn)(void *arg), void *arg)
{
    thread_begin(fn, arg);
}

struct runtime_thread {
    void *(*fn)(void *);
    void *arg;
};

static void
runtime_thread_main(void *arg)
{
    struct runtime_thread *r = arg;

    r->fn(r->arg);
}

int
explore_begin(void *(*fn)(void *), void *arg)
{
    struct runtime_thread *r = explore_memory(sizeof(*r));

    *r = (struct runtime_thread){ fn, arg };
    thread_begin(runtime_thread_main, r);
    return 0;
}

void
explore_join(void)
{
    struct thread *me = explorer->current;

    explore_point(__FILE__, __LINE__, "join", NULL, NULL);
    explore_fence(__ATOMIC_SEQ_CST);
    if (!others_ended(me))
        explore_sleep(&joining, 0, -1);
}

bool
explore_sleep(const volatile uint32_t *address, uint32_t value, int64_t ns)
{
    struct thread *me = explorer->current;

    me->state = SLEEPING;
    me->sleeps_on = address;
    me->sleeps_while = value;
    me->wakes_at = ns < 0 ? -1 : explorer->now + ns;
    me->timed_out = false;
    turn_give();
    return !me->timed_out;
}

int
explore_wake(const volatile void *address, int n)
{
    int woken = 0;

    for (int i = 0; i < explorer->threads && woken < n; i++) {
        struct thread *t = &explorer->thread[i];

        if (t->state == SLEEPING && t->sleeps_on == address) {
            t->state = READY;
            woken++;
        }
    }
    return woken;
}

int64_t
explore_now(void)
{
    return explorer->now;
}
