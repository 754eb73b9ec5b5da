/** @file turn.c  Whose turn is it?
 *
 * At each point the search is asked who does the next step. The usual answer
 * is the thread that is at it, or if it cannot, the next one in turn. Any other
 * answer is a deviation, and the deviations are what a schedule is made of.
 */
#include <stdio.h>
#include <string.h>

#include "engine.h"

void
engine_note(const struct step *step, int actor)
{
    struct explorer *x = explorer;

    if (x->recording && x->steps < MOST_STEPS) {
        x->record[x->steps] = *step;
        x->record[x->steps].actor = actor;
    }
}

// Nobody is ready: let time pass until somebody wakes up. False if nobody will.
static bool
time_passes(void)
{
    struct explorer *x = explorer;
    struct thread *first = NULL;

    for (int i = 0; i < x->threads; i++) {
        struct thread *t = &x->thread[i];

        if (t->state == SLEEPING && t->wakes_at >= 0 &&
            (first == NULL || t->wakes_at < first->wakes_at))
            first = t;
    }
    if (first == NULL)
        return false;
    x->now = first->wakes_at;
    first->state = READY;
    first->timed_out = true;
    return true;
}

static void
say_deadlock(void)
{
    struct explorer *x = explorer;
    char who[300] = "";
    size_t n = 0;

    for (int i = 0; i < x->threads; i++) {
        const struct thread *t = &x->thread[i];

        if (t->state == SLEEPING && n < sizeof(who) - 60)
            n += (size_t)snprintf(who + n, sizeof(who) - n, " thread %d sleeps at %s:%d;",
                                  i, t->at.file, t->at.line);
    }
    engine_fail(x->thread[0].at.file, x->thread[0].at.line,
            "deadlock: nobody can go on;%s", who);
}

// Whether it matters when a store of t is seen: another thread is about to do
// something at its place, or at that of a later one. Any other step may as well
// come before it or after.
static bool
matters(const struct thread *t)
{
    for (int i = 0; i < t->stores; i++)
        for (int k = 0; k < explorer->threads; k++) {
            const struct thread *other = &explorer->thread[k];

            if (other != t && other->state == READY &&
                other->at.address == t->store[i].address)
                return true;
        }
    return false;
}

// Who goes on; NULL if nobody can, which is a failure.
static struct thread *
next(void)
{
    struct explorer *x = explorer;
    int actor[2 * THREADS];

    for (;;) {
        int n = 0, usual = -1;
        const int me = thread_number(x->current);
        const bool can = x->current->state == READY && !x->current->relaxed;

        // In turn, from the current one on; not those who wait in a loop.
        for (int k = 0; k < x->threads; k++) {
            int i = (me + k) % x->threads;

            if (x->thread[i].state == READY && !x->thread[i].relaxed)
                actor[n++] = i;
        }
        for (int i = 0; i < x->threads; i++)
            if (matters(&x->thread[i]))
                actor[n++] = i + FLUSH;
        for (int i = 0; i < x->threads && n == 0; i++)
            if (x->thread[i].stores > 0)
                actor[n++] = i + FLUSH;
        if (n > 0)
            usual = actor[0];
        // If all wait in loops, and no store is in flight, the next one looks
        // again. There is nothing to choose, or the search would have no end.
        for (int k = 1; k <= x->threads && n == 0; k++)
            if (x->thread[(me + k) % x->threads].state == READY)
                actor[n++] = usual = (me + k) % x->threads;
        if (n == 0) {
            if (time_passes())
                continue;
            say_deadlock();
            return NULL;
        }

        int chosen = n == 1 ? actor[0] : x->choose(actor, n, usual, can);

        if (chosen != usual && x->made.n < MOST_DEVIATIONS)
            x->made.d[x->made.n++] = (struct deviation){ x->choices, chosen };
        if (n > 1)
            x->choices++;
        if (chosen < FLUSH) {
            x->thread[chosen].relaxed = false;
            return &x->thread[chosen];
        }

        struct thread *t = &x->thread[chosen - FLUSH];
        struct step step = {
            .file = t->at.file, .line = t->at.line, .what = "is seen",
            .address = t->store[0].address, .value = t->store[0].value,
            .has_value = true,
        };

        engine_note(&step, chosen);
        x->steps++;
        stores_flush_one(t);
    }
}

// The current thread has come to a point, or cannot go on: let somebody go on.
void
turn_give(void)
{
    struct explorer *x = explorer;
    struct thread *from = x->current;
    struct thread *to = next();

    if (to == NULL)
        engine_leave();
    if (to == from)
        return;
    from->error = *__errno_location();
    *__errno_location() = to->error;
    x->current = to;
    gobuf_switch(&from->buf, &to->buf, NULL);
}

__attribute__((noinline)) void
explore_stopped(void)
{
    __asm__ volatile("");
}

void
explore_point(const char *file, int line, const char *what,
              const volatile void *address)
{
    struct explorer *x = explorer;
    struct thread *me = x->current;

    me->at = (struct step){
        .file = file, .line = line, .what = what, .address = address,
    };
    if (x->check->invariant != NULL) {
        const char *wrong = x->check->invariant();

        if (wrong != NULL)
            explore_fail(file, line, wrong);
    }
    turn_give();
    if (x->steps >= MOST_STEPS) {
        engine_fail(file, line, "never ends: %d steps, and it still goes on here",
                MOST_STEPS);
        engine_leave();
    }
    engine_note(&me->at, thread_number(me));
    x->steps++;
    if (x->steps == x->stop_at)
        explore_stopped();
    // Any step of a thread that does not spin itself. If two that spin let each
    // other look, the search would have no end.
    if (!me->spinning)
        stores_let_look();
}

void
explore_relax(void)
{
    explorer->current->relaxed = explorer->current->spinning = true;
}
