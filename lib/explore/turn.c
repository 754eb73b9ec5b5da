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
        x->record[x->steps].deviates = x->deviated;
        x->deviated = false;
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
say_sleeper(const struct thread *t)
{
    const int name = 'A' + thread_number(t);

    if (strcmp(t->at.what, "join") == 0) {
        engine_detail("%c waits until the others end\n", name);
        return;
    }
    engine_detail("%c sleeps at %s:%d", name, show_base(t->at.file), t->at.line);
    if (*t->sleeps_on != t->sleeps_while)
        engine_detail(", as it was %u; it is %u", t->sleeps_while, *t->sleeps_on);
    engine_detail("\n");
}

// Nobody can go on, and nobody will wake them.
static void
say_deadlock(void)
{
    struct explorer *x = explorer;
    const struct step *at = &x->current->at;
    bool lost = false;

    for (int i = 0; i < x->threads; i++) {
        const struct thread *t = &x->thread[i];

        lost |= t->state == SLEEPING && *t->sleeps_on != t->sleeps_while;
    }
    if (x->runnable > 0)
        engine_fail(EXPLORE_LOST_WAKEUP, at->file, at->line,
                    "A wake-up is lost: a goroutine can run, and every thread sleeps.");
    else if (lost)
        engine_fail(EXPLORE_LOST_WAKEUP, at->file, at->line,
                    "A wake-up is lost: a thread sleeps, and what it waits for "
                    "has happened.");
    else
        engine_fail(EXPLORE_DEADLOCK, at->file, at->line,
                    "Deadlock: nobody can go on, and nobody will wake them.");
    for (int i = 0; i < x->threads; i++) {
        const struct thread *t = &x->thread[i];

        if (t->state != SLEEPING)
            continue;
        say_sleeper(t);
    }
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

enum chosen { NOBODY, SOMEBODY, AGAIN };

// Choose who goes on, and make that thread the current one. NOBODY: it is over.
// AGAIN: somebody has seen a store, and the same choice is there once more.
static enum chosen
choose(void)
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
            return NOBODY;
        }

        int chosen = n == 1 ? actor[0] : x->choose(actor, n, usual, can);

        if (chosen < 0)
            return NOBODY;
        x->deviated |= chosen != usual;
        if (chosen != usual && x->made.n < MOST_DEVIATIONS)
            x->made.d[x->made.n++] = (struct deviation){ x->choices, chosen };
        if (n > 1)
            x->choices++;
        if (chosen < FLUSH) {
            x->current = &x->thread[chosen];
            x->current->relaxed = false;
            *__errno_location() = x->current->error;
            return SOMEBODY;
        }

        struct thread *t = &x->thread[chosen - FLUSH];
        struct step step = {
            .file = t->at.file, .line = t->at.line, .what = "is seen",
            .name = t->at.name, .address = t->store[0].address,
            .is = t->store[0].value, .left = true,
        };

        engine_note(&step, chosen);
        x->steps++;
        stores_flush_one(t);
        return AGAIN;
    }
}

// The current thread has come to a point, or cannot go on: let somebody go on.
//
// There is one place where a thread leaves its stack, and nothing of the choice
// is in its registers then: or two equal states would not look equal.
__attribute__((noinline)) void
turn_give(void)
{
    struct explorer *x = explorer;
    struct thread *me = x->current;
    struct gobuf *to = &x->driver;
    enum chosen chosen = AGAIN;

    me->error = *__errno_location();
    while (!x->compares && chosen == AGAIN)
        chosen = choose();
    if (chosen == NOBODY)
        engine_leave();
    if (chosen == SOMEBODY)
        to = &x->current->buf;
    if (to != &me->buf)
        gobuf_switch(&me->buf, to, NULL);
}

// From the first thread on, until the execution is over. If states are compared,
// the choices are made here, where no thread stands on its stack.
void
turn_all(void)
{
    struct explorer *x = explorer;
    enum chosen chosen = SOMEBODY;

    x->over = false;
    while (!x->over && chosen != NOBODY) {
        gobuf_switch(&x->driver, &x->current->buf, NULL);
        for (chosen = AGAIN; !x->over && chosen == AGAIN; )
            chosen = choose();
    }
}

__attribute__((noinline)) void
explore_stopped(void)
{
    __asm__ volatile("");
}

// touched: what lies at address must not have been freed.
static void
point(const char *file, int line, const char *what, const char *name,
      const volatile void *address, bool touched)
{
    struct explorer *x = explorer;
    struct thread *me = x->current;

    me->at = (struct step){
        .file = file, .line = line, .what = what, .name = name,
        .address = address,
    };
    if (x->check->invariant != NULL) {
        const char *wrong = x->check->invariant();

        if (wrong != NULL)
            explore_fail(file, line, wrong, NULL);
    }
    turn_give();
    if (x->steps >= MOST_STEPS) {
        engine_fail(EXPLORE_NEVER_ENDS, file, line,
                    "It never ends: %d steps, and it still goes on.", MOST_STEPS);
        engine_leave();
    }
    engine_note(&me->at, thread_number(me));
    x->steps++;

    const char *freed = touched ? freed_at(address) : NULL;

    if (freed != NULL) {
        engine_fail(EXPLORE_FREED, file, line, "%s", freed);
        engine_leave();
    }
    if (x->steps == x->stop_at)
        explore_stopped();
    // Any step of a thread that does not spin itself. If two that spin let each
    // other look, the search would have no end.
    if (!me->spinning)
        stores_let_look();
}

void
explore_point(const char *file, int line, const char *what,
              const char *name, const volatile void *address)
{
    point(file, line, what, name, address, true);
}

void
explore_called(const char *file, int line, const char *name)
{
    explorer->current->call = (struct step){
        .file = file, .line = line, .name = name,
    };
}

void
explore_call(const char *what, const volatile void *address, bool touched)
{
    struct step call = explorer->current->call;

    explorer->current->call = (struct step){ .file = NULL };
    point(call.file != NULL ? call.file : "the world", call.line, what,
          call.name, address, touched);
}

void
explore_relax(void)
{
    explorer->current->relaxed = explorer->current->spinning = true;
}
