/** @file gfree.c  Goroutines that have ended, kept for the next go.
 *
 * A g and its stack stay together: the next goroutine finds both ready, and
 * in the cache. Each p has a list, which needs no lock. When it grows too
 * long half of it goes to a list that all share; when it is empty, some come
 * from there.
 *
 * Only goroutines with a stack of the usual size are kept. Of those on the
 * shared list, sysmon returns the memory of the stacks, but for the page where
 * the g is: they are cold then, and are taken last.
 *
 * Mirrors gfget and gfput in Go's runtime/proc.go.
 */
#include "schedt.h"

#include "godebug.h"
#include "gstatus.h"
#include "proc.h"
#include "stack.h"

enum { KEEP = 64, BATCH = 32, MANY = 1024 };

// A g with a new stack. A fatal error if there is none.
static struct g *
make(struct sched *s, size_t stack_max)
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
    atomic_store_relaxed(&gp->run, s);
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

// Some of the shared list for p: warm ones, if there are any.
static void
refill(struct sched *s, struct p *p)
{
    lock(&s->gfree_lock);

    uint32_t n = atomic_load_relaxed(&s->n_gfree);

    while (p->n_gfree < BATCH && (s->gfree != NULL || s->gfree_cold != NULL)) {
        n -= s->gfree != NULL;
        push(&p->gfree, pop(s->gfree != NULL ? &s->gfree : &s->gfree_cold));
        p->n_gfree++;
    }
    atomic_store_relaxed(&s->n_gfree, n);
    unlock(&s->gfree_lock);
}

struct g *
gfree_get(struct m *mp, size_t stack_max)
{
    struct p *p = mp->p;
    struct sched *s = p->sched;

    if (stack_max != godebug.stacksize)
        return make(s, stack_max);
    if (p->gfree == NULL)
        refill(s, p);
    if (p->gfree == NULL)
        return make(s, stack_max);
    p->n_gfree--;

    struct g *gp = pop(&p->gfree);

    if (godebug.stackfill)
        stack_clear(&gp->stack);
    // gfree_cool, and stack_clear, give it back with the rest of the stack.
    stack_mark(&gp->stack);
    g_again(gp, &mp->g0);
    return gp;
}

static void
spill(struct sched *s, struct p *p)
{
    lock(&s->gfree_lock);

    uint32_t n = atomic_load_relaxed(&s->n_gfree);

    for (; p->n_gfree > KEEP - BATCH; p->n_gfree--, n++)
        push(&s->gfree, pop(&p->gfree));
    atomic_store_relaxed(&s->n_gfree, n);
    unlock(&s->gfree_lock);
    if (n > MANY && !atomic_load_relaxed(&s->watched))
        sysmon_watch(s);
}

void
gfree_put(struct m *mp, struct g *gp)
{
    struct p *p = mp->p;

    if (gp->stack_max != godebug.stacksize) {
        struct stack stack = gp->stack;

        hooks_free(&gp->hooks);
        stack_free(&stack);
        return;
    }
    push(&p->gfree, gp);
    if (++p->n_gfree > KEEP)
        spill(p->sched, p);
}

// Give back the memory of up to n stacks on the shared list.
void
gfree_cool(struct sched *s, int n)
{
    while (n-- > 0 && atomic_load_relaxed(&s->n_gfree) > 0) {
        struct g *gp = NULL;

        lock(&s->gfree_lock);
        if (s->gfree != NULL) {
            gp = pop(&s->gfree);
            atomic_store_relaxed(&s->n_gfree,
                                 atomic_load_relaxed(&s->n_gfree) - 1);
        }
        unlock(&s->gfree_lock);
        if (gp == NULL)
            return;
        stack_discard(&gp->stack);
        lock(&s->gfree_lock);
        push(&s->gfree_cold, gp);
        unlock(&s->gfree_lock);
    }
}
