/** @file fresh.c  Goroutines that have not begun: where they lie, and how they
 * begin.
 *
 * They come in batches, as whole g's do (gfree.c): a p has up to two, and needs
 * no lock for them. One p may start goroutines that another one runs, and then
 * batches go the other way, by way of a list that all share.
 */
#include "schedt.h"

#include "begins.h"
#include "fresh.h"
#include "godebug.h"
#include "gstatus.h"
#include "proc.h"
#include "stack.h"

enum {
    BATCH = 32,
    SLAB = 1 << 18,             // bytes
    SLAB_BATCHES = (SLAB - FRESH_BYTES) / (BATCH * FRESH_BYTES),
};

_Static_assert(FRESH_BYTES == 128, "two lines of the cache");

// Memory for SLAB_BATCHES batches.
struct fresh_slab {
    _Alignas(FRESH_BYTES) struct fresh_slab *next;  // constant
    ATOMIC(uint32_t) batches;   // that have been made
    _Alignas(FRESH_BYTES) char g[];
};

static struct g *
at(struct fresh_slab *slab, uint32_t i)
{
    return (struct g *)&slab->g[i * FRESH_BYTES];
}

// A free one has no arguments: the place of the first has the next batch, if it
// is the first of one.
static struct g **
next_batch(struct g *first)
{
    return (struct g **)&first->args[0];
}

// A batch that was never used. The caller holds fresh_lock. NULL if there is no
// memory.
static struct g *
make_batch(struct sched *s)
{
    struct fresh_slab *slab = atomic_load_relaxed(&s->fresh_slabs);
    uint32_t made = slab != NULL ? atomic_load_relaxed(&slab->batches) : 0;

    if (slab == NULL || made == SLAB_BATCHES) {
        struct fresh_slab *more = world.map(SLAB);

        if (more == NULL)
            return NULL;
        more->next = slab;
        slab = more;
        made = 0;
        atomic_store_release(&s->fresh_slabs, slab);    // pairs with g_each
    }
    for (uint32_t i = made * BATCH; i < (made + 1) * BATCH; i++) {
        struct g *gp = at(slab, i);

        g_set_status(gp, G_IDLE, G_DEAD);
        gp->next = i + 1 < (made + 1) * BATCH ? at(slab, i + 1) : NULL;
    }
    atomic_store_release(&slab->batches, made + 1);     // pairs with g_each
    return at(slab, made * BATCH);
}

// p has none.
static void
refill(struct sched *s, struct p *p)
{
    if (p->fresh_full != NULL) {
        p->fresh = p->fresh_full;
        p->fresh_full = NULL;
    } else {
        lock(&s->fresh_lock);
        p->fresh = s->fresh;
        if (p->fresh != NULL)
            s->fresh = *next_batch(p->fresh);
        else
            p->fresh = make_batch(s);
        unlock(&s->fresh_lock);
    }
    p->n_fresh = p->fresh != NULL ? BATCH : 0;
}

struct g *
gfree_get(struct m *mp, size_t stack_max)
{
    struct p *p = mp->p;

    if (!BEGINS_WITHOUT_STACK || stack_max != godebug.stacksize)
        return gfree_take(mp, stack_max);
    if (p->fresh == NULL)
        refill(p->sched, p);
    if (p->fresh == NULL)
        return gfree_take(mp, stack_max);

    struct g *gp = p->fresh;

    p->fresh = gp->next;
    p->n_fresh--;
    __builtin_prefetch(p->fresh, 1);
    g_set_status(gp, G_DEAD, G_WAITING);
    return gp;
}

// gp, which is fresh, is free.
static void
put(struct p *p, struct g *gp)
{
    struct sched *s = p->sched;

    if (p->n_fresh == BATCH) {
        if (p->fresh_full != NULL) {
            lock(&s->fresh_lock);
            *next_batch(p->fresh_full) = s->fresh;
            s->fresh = p->fresh_full;
            unlock(&s->fresh_lock);
        }
        p->fresh_full = p->fresh;
        p->fresh = NULL;
        p->n_fresh = 0;
    }
    gp->next = p->fresh;
    p->fresh = gp;
    p->n_fresh++;
}

struct g *
fresh_begin(struct m *mp, struct g *fresh)
{
    struct g *gp = gfree_take(mp, godebug.stacksize);

    gp->no_preempt = 0;
    gp->id = fresh->id;
    gp->start = fresh->start;
    gp->wg = fresh->wg;
    gp->site = fresh->site;
    gp->parent = fresh->parent;
    // (All of them: a loop that counts takes longer.)
    for (int i = 0; i < 6; i++)
        gp->args[i] = fresh->args[i];
    gp->name = fresh->name;
    g_set_status(gp, G_WAITING, G_RUNNABLE);
    g_set_status(fresh, G_RUNNABLE, G_DEAD);
    fresh->id = 0;
    put(mp->p, fresh);
    return gp;
}

// ---- All of them -----------------------------------------------------------

void
g_each(void (*fn)(struct g *gp, void *arg), void *arg)
{
    struct sched *s = run_active();
    struct fresh_slab *slab = NULL;

    stack_each(fn, arg);
    if (s != NULL)
        slab = atomic_load_acquire(&s->fresh_slabs);    // pairs with make_batch
    for (; slab != NULL; slab = slab->next) {
        // Pairs with make_batch.
        const uint32_t n = atomic_load_acquire(&slab->batches) * BATCH;

        for (uint32_t i = 0; i < n; i++)
            if (g_status(at(slab, i)) == G_RUNNABLE)
                fn(at(slab, i), arg);
    }
}

void
fresh_free(struct sched *s)
{
    struct fresh_slab *slab = atomic_load_relaxed(&s->fresh_slabs);

    while (slab != NULL) {
        struct fresh_slab *next = slab->next;

        world.unmap(slab, SLAB);
        slab = next;
    }
}
