/** @file state.c  Has the search been here before?
 *
 * What will happen depends on nothing but the state: all memory of the
 * program, and of each thread where it stands, whether it sleeps, and what it
 * has in its buffer. If two schedules lead to the same state, one of them need
 * not be gone on with. So at each new choice the state is made into one number,
 * and looked up.
 *
 * When that is sound. The rest of a schedule may be left out if all
 * continuations of the state have been tried before, with at least as many
 * preemptions left. So a state is noted with the preemptions that were left,
 * and counts only once the search has left it for good: while it is being
 * continued from, it is open, and a schedule that comes to it again goes on. An
 * endless loop is such a schedule, and is found as without this.
 *
 * Programs of go_run are no exception. What their goroutines will do stands in
 * the same memory: their stacks, and the registers that a switch has saved
 * there. Only random schedules, PCT and replays compare nothing: they go to the
 * end of one path, and so there is nothing that they could leave out.
 *
 * What is dead is not part of the state: stacks below where their owners stand,
 * and those of goroutines that have ended. The number of steps is not part of
 * it either, nor the past.
 *
 * Two states may have the same number of 64 bits. With n states that happens
 * with a probability below n * n / 2^65: for ten million 3 in a million.
 */
#include <sys/mman.h>

#include "engine.h"

enum { SLOTS = 1 << 22, MOST_G = 64 };

static struct {
    struct slot {
        uint64_t hash;          // 0: empty
        int left;               // preemptions
        bool open;
    } *slot;
    int used;
} table __attribute__((section("explore_keep")));

// Goroutines that there are, in this execution.
static struct {
    const struct g *g[MOST_G];
    int n;
} known __attribute__((section("explore_keep")));

// Nothing is known of any state.
void
state_forget(void)
{
    if (table.slot != NULL)
        munmap(table.slot, SLOTS * sizeof(*table.slot));
    table.slot = NULL;
    table.used = 0;
    if (explorer->without_states < UINT64_MAX)
        table.slot = memory_pages(SLOTS * sizeof(*table.slot), PROT_READ | PROT_WRITE);
}

void
state_begin_execution(void)
{
    known.n = 0;
}

// gp has come to be.
void
state_know(const struct g *gp)
{
    for (int i = 0; i < known.n; i++)
        if (known.g[i] == gp)
            return;
    if (known.n < MOST_G)
        known.g[known.n++] = gp;
}

// Whether it lies on the stack of a goroutine that has ended, and that nobody
// stands on.
bool
state_is_dead_stack(uintptr_t address)
{
    if (!memory_is_mine(address))
        return false;
    for (int i = 0; i < known.n; i++) {
        const struct g *gp = known.g[i];

        if (address >= gp->stack.lo && address < gp->stack.hi)
            return gp->status.atomic_value == G_DEAD;
    }
    return false;
}

// ---- The number of a state -------------------------------------------------

static bool
on_stack(uintptr_t sp, uintptr_t lo, uintptr_t hi)
{
    return sp >= lo && sp < hi;
}

// Whether some thread stands on this stack.
static bool
stood_on(uintptr_t lo, uintptr_t hi, uintptr_t *sp)
{
    const struct explorer *x = explorer;

    for (int i = 0; i < x->threads; i++)
        if (on_stack(x->thread[i].buf.sp, lo, hi)) {
            *sp = x->thread[i].buf.sp;
            return true;
        }
    return false;
}

// Where the live part of gp's stack begins.
static uintptr_t
live_from(const struct g *gp)
{
    uintptr_t sp;

    if (stood_on(gp->stack.lo, gp->stack.hi, &sp))
        return sp;
    if (gp->status.atomic_value == G_DEAD || gp->status.atomic_value == G_IDLE)
        return gp->stack.hi;
    return on_stack(gp->sched.sp, gp->stack.lo, gp->stack.hi) ? gp->sched.sp : gp->stack.lo;
}

// Note what of gp is dead, for memory_hash; how many places.
static int
note_dead(const struct g *gp, uintptr_t (*dead)[2])
{
    const uintptr_t saved = (uintptr_t)&gp->sched;
    uintptr_t sp;
    int n = 0;

    if (gp->stack.lo == 0)
        return 0;
    dead[n][0] = gp->stack.lo;
    dead[n++][1] = live_from(gp);
    // Who runs has nothing saved.
    if (stood_on(gp->stack.lo, gp->stack.hi, &sp)) {
        dead[n][0] = saved;
        dead[n++][1] = saved + sizeof(gp->sched);
    }
    return n;
}

// The same of the thread itself, which waits while it runs a goroutine.
static int
note_dead_g0(const struct thread *t, uintptr_t (*dead)[2])
{
    const uintptr_t lo = (uintptr_t)t->stack;

    if (t->m == NULL || !on_stack(t->buf.sp, lo, lo + STACK))
        return 0;
    dead[0][0] = (uintptr_t)&t->m->g0.sched;
    dead[0][1] = dead[0][0] + sizeof(t->m->g0.sched);
    return 1;
}

static uint64_t
mix_thread(uint64_t hash, const struct thread *t)
{
    const uintptr_t lo = (uintptr_t)t->stack, hi = lo + STACK;
    const uint64_t word[] = {
        t->state, t->relaxed, t->spinning, t->timed_out, (uintptr_t)t->sleeps_on,
        t->sleeps_while, (uint64_t)t->wakes_at, (uintptr_t)t->g, (uintptr_t)t->m,
        (uintptr_t)t->fn, (uintptr_t)t->arg, (uint64_t)t->error,
        (uintptr_t)t->at.address,
    };
    uintptr_t sp = t->buf.sp;

    hash = memory_mix(hash, word, sizeof(word));
    if (t->state == ENDED)
        return hash;
    hash = memory_mix(hash, &t->buf, sizeof(t->buf));
    for (int i = 0; i < t->stores; i++) {
        const uint64_t store[] = {
            (uintptr_t)t->store[i].address, t->store[i].value, t->store[i].bytes,
        };

        hash = memory_mix(hash, store, sizeof(store));
    }
    // The thread's own stack waits while it runs a goroutine.
    if (!on_stack(sp, lo, hi) && t->m != NULL)
        sp = t->m->g0.sched.sp;
    if (!on_stack(sp, lo, hi))
        sp = lo;
    return memory_mix(hash, (const void *)sp, hi - sp);
}

static uint64_t
state_number(void)
{
    const struct explorer *x = explorer;
    uintptr_t dead[2 * MOST_G + THREADS][2];
    int n = 0;
    const uint64_t word[] = {
        (uint64_t)(x->current - x->thread), (uint64_t)x->threads, (uint64_t)x->now,
        (uint64_t)x->runnable, x->text_bytes,
    };
    uint64_t hash = memory_mix(1, word, sizeof(word));

    // What was said so far decides whether the end is as expected; what is freed,
    // whether a step is a failure.
    hash = freed_mix(memory_mix(hash, x->text, x->text_bytes));
    for (int i = 0; i < x->threads; i++)
        hash = mix_thread(hash, &x->thread[i]);
    for (int i = 0; i < known.n; i++)
        n += note_dead(known.g[i], dead + n);
    for (int i = 0; i < x->threads; i++)
        n += note_dead_g0(&x->thread[i], dead + n);
    hash = memory_hash(hash, dead, n);
    return hash != 0 ? hash : 1;
}

// ---- The table -------------------------------------------------------------

// The search is at a new choice, with `left` preemptions left. True: this is
// done already. Else *place is to be given to state_close when the search
// leaves the choice for good; -1 if there is nothing to close.
bool
state_done(int left, int *place)
{
    *place = -1;
    if (!state_wanted())
        return false;

    const uint64_t hash = state_number();
    uint64_t i = hash % SLOTS;

    while (table.slot[i].hash != 0 && table.slot[i].hash != hash)
        i = (i + 1) % SLOTS;

    struct slot *s = &table.slot[i];

    if (s->hash == hash && (s->open || s->left >= left))
        return !s->open;
    // Full: the rest is searched without.
    if (s->hash == 0 && ++table.used > SLOTS / 4 * 3)
        return false;
    *s = (struct slot){ hash, left, true };
    *place = (int)i;
    return false;
}

void
state_close(int place)
{
    if (place >= 0)
        table.slot[place].open = false;
}

// To make a number of all that takes longer than a small execution: so only who
// searches long begins with it.
bool
state_wanted(void)
{
    return table.slot != NULL && explorer->executions >= explorer->without_states;
}
