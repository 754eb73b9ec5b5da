/** @file gfree.c  Goroutines that have ended, kept for the next go.
 *
 * A g and its stack stay together: the next goroutine finds both ready, and
 * in the cache. Each p has a list, which needs no lock. What is too much for
 * it goes to lists that all share, and comes from there when it is empty.
 *
 * They travel in batches, lists of BATCH g's, and whoever hands a batch over
 * looks at its first g only: the others are not in the cache, and waiting for
 * each was a tenth of the time of a goroutine that does nothing. A p has up to
 * two batches, so that one who stands at the border of one does not go to and
 * fro.
 *
 * Only goroutines with a stack of the usual size are kept. Of those on the
 * shared list, sysmon returns the memory of the stacks, but for the page where
 * the g is: they are cold then, and are taken last.
 *
 * Mirrors gfget and gfput in Go's runtime/proc.go; the batches are the
 * magazines of Bonwick's allocator.
 */
#include "schedt.h"

#include "godebug.h"
#include "gstatus.h"
#include "proc.h"
#include "stack.h"

enum { BATCH = 32, MANY = 1024 };

// A g with a new stack. A fatal error if there is none.
static struct g *
make(struct m *mp, size_t stack_max)
{
    struct stack stack;

    if (!stack_alloc(&stack, stack_max)) {
        say("runtime: cannot reserve a stack of %zu bytes: no addresses are "
            "left to this process\nruntime: (have %d goroutines; see ulimit -v "
            "and vm.overcommit_memory)\n", stack_max, proc_count());
        fatal("out of memory (stack)");
    }

    struct g *gp = (struct g *)stack.hi;

    gp->stack = stack;
    gp->stack_max = stack_max;
    gp->top = gp;
    g_init(gp, goroutine_start, gp);
    // It rounds as one that is used again, and not as whoever has called go.
    gobuf_init_like(&gp->sched, &gp->stack, &mp->g0.sched);
    atomic_store_relaxed(&gp->run, mp->p->sched);
    return gp;
}

static struct g *
pop(struct g **list)
{
    struct g *gp = *list;

    *list = gp->next;
    return gp;
}

static void
push(struct g **list, struct g *gp)
{
    gp->next = *list;
    *list = gp;
}

// ---- Batches ---------------------------------------------------------------

// The caller holds gfree_lock.
static struct g *
pop_batch(struct g **list)
{
    struct g *first = *list;

    *list = first->batch;
    return first;
}

static void
push_batch(struct g **list, struct g *first)
{
    first->batch = *list;
    *list = first;
}

// p has none at hand: its other batch, or one that all share, warm if there
// is one.
static void
refill(struct sched *s, struct p *p)
{
    if (p->gfree_full != NULL) {
        p->gfree = p->gfree_full;
        p->gfree_full = NULL;
        p->n_gfree = BATCH;
        return;
    }
    lock(&s->gfree_lock);
    if (s->gfree != NULL) {
        p->gfree = pop_batch(&s->gfree);
        atomic_store_relaxed(&s->n_gfree,
                             atomic_load_relaxed(&s->n_gfree) - BATCH);
    } else if (s->gfree_cold != NULL) {
        p->gfree = pop_batch(&s->gfree_cold);
    }
    unlock(&s->gfree_lock);
    if (p->gfree != NULL)
        p->n_gfree = BATCH;
}

// The whole batch that begins with `first` is for all.
static void
share(struct sched *s, struct g *first)
{
    lock(&s->gfree_lock);

    uint32_t n = atomic_load_relaxed(&s->n_gfree) + BATCH;

    push_batch(&s->gfree, first);
    atomic_store_relaxed(&s->n_gfree, n);
    unlock(&s->gfree_lock);
    if (n > MANY && !atomic_load_relaxed(&s->watched))
        sysmon_watch(s);
}

// ---- One goroutine ---------------------------------------------------------

struct g *
gfree_take(struct m *mp, size_t stack_max)
{
    struct p *p = mp->p;
    struct sched *s = p->sched;

    if (stack_max != godebug.stacksize)
        return make(mp, stack_max);
    if (p->gfree == NULL)
        refill(s, p);
    if (p->gfree == NULL)
        return make(mp, stack_max);
    p->n_gfree--;

    struct g *gp = pop(&p->gfree);

    g_expect(p->gfree);
    if (godebug.stackfill)
        stack_clear(&gp->stack);
    // gfree_cool, and stack_clear, give it back with the rest of the stack.
    stack_mark(&gp->stack);
    gp->err = 0;
    gp->fn = goroutine_start;       // it may have been goroutine 1
    g_again(gp, &mp->g0);
    return gp;
}

static void
free_with_stack(struct g *gp)
{
    struct stack stack = gp->stack;

    hooks_free(&gp->hooks);
    stack_free(&stack);
}

void
gfree_put(struct m *mp, struct g *gp)
{
    struct p *p = mp->p;

    if (gp->stack_max != godebug.stacksize) {
        free_with_stack(gp);
        return;
    }
    if (p->n_gfree == BATCH) {
        if (p->gfree_full != NULL)
            share(p->sched, p->gfree_full);
        p->gfree_full = p->gfree;
        p->gfree = NULL;
        p->n_gfree = 0;
    }
    push(&p->gfree, gp);
    p->n_gfree++;
}

// p, which stands, is no more: what it has kept is for all. (All but the rest
// that makes no batch.)
void
gfree_empty(struct p *p)
{
    if (p->gfree_full != NULL)
        share(p->sched, p->gfree_full);
    if (p->n_gfree == BATCH)
        share(p->sched, p->gfree);
    else
        while (p->gfree != NULL)
            free_with_stack(pop(&p->gfree));
    p->gfree = p->gfree_full = NULL;
    p->n_gfree = 0;
}

// Give back the memory of the stacks of up to n batches that all share.
void
gfree_cool(struct sched *s, int n)
{
    while (n-- > 0 && atomic_load_relaxed(&s->n_gfree) > 0) {
        struct g *first = NULL;

        lock(&s->gfree_lock);
        if (s->gfree != NULL) {
            first = pop_batch(&s->gfree);
            atomic_store_relaxed(&s->n_gfree,
                                 atomic_load_relaxed(&s->n_gfree) - BATCH);
        }
        unlock(&s->gfree_lock);
        if (first == NULL)
            return;
        for (struct g *gp = first; gp != NULL; gp = gp->next)
            stack_discard(&gp->stack);
        lock(&s->gfree_lock);
        push_batch(&s->gfree_cold, first);
        unlock(&s->gfree_lock);
    }
}
