/** @file preempt.c  Go 1.2 to 1.13: who enters a function looks whether somebody
 * wants it to stop. HISTORY=05-preempt/prologue.
 *
 * The program is compiled with -fsplit-stack. So each of its functions begins by
 * comparing the stack pointer with a word of the thread, the limit of its stack,
 * and calls __morestack (morestack.S) if it is below. Our stacks do not grow, and
 * the limit is 0: nobody is below that. Who wants a goroutine to stop writes the
 * greatest number there, and everybody is.
 *
 *     1  sysmon                          2  the goroutine
 *        p->preempt = tick
 *        limit of its thread = POISON
 *                                           enters a function: below the limit
 *                                           __morestack: limit = 0
 *                                           p->preempt == p->ticks? Yields
 *
 * The request is written first. The limit belongs to the thread: if another
 * goroutine is on it by then, that one looks, and nobody wants it to stop.
 *
 * A loop without a call has no entry of a function, and is not stopped.
 *
 * Mirrors preemptone and newstack in Go's runtime/proc.go and stack.go.
 */
#include "preempt.h"

#include "proc.h"

enum { LIMIT = 0x70 };          // from the thread pointer: GCC's place for it

static const uint64_t POISON = UINT64_MAX;

const char *
preempt_off(void)
{
    return "HISTORY=05-preempt/prologue";
}

void
preempt_catch(void)
{
}

void
preempt_release(void)
{
}

void
preempt_signal(int sig, siginfo_t *info, void *context)
{
    (void)sig;
    (void)info;
    (void)context;
}

bool
preempt_is_safe(const struct g *gp, const void *context)
{
    (void)gp;
    (void)context;
    return false;
}

// The limit of the thread of mp. An m lies as far from the thread pointer on each
// thread: it is thread-local.
static uint64_t *
limit_of(struct m *mp)
{
    uintptr_t pointer;

    __asm__ volatile("movq %%fs:0, %0" : "=r"(pointer));
    return (uint64_t *)((uintptr_t)mp - (uintptr_t)tls_m() + pointer + LIMIT);
}

HOOKS_SWITCH static void
poison(struct m *mp, void *p)
{
    if (mp->p == p)
        __atomic_store_n(limit_of(mp), POISON, __ATOMIC_SEQ_CST);
}

void
preempt_request(struct p *p)
{
    atomic_store_relaxed(&p->preempt, atomic_load_relaxed(&p->ticks));
    m_each(poison, p);
}

void
preempt_all(struct sched *s)
{
    const struct p *ours = getg()->m->p;

    for (int i = 0; i < s->procs; i++)
        if (s->p[i].status == P_RUNNING && &s->p[i] != ours)
            preempt_request(&s->p[i]);
}

// Called by __morestack. The limit is 0 again.
void preempt_at_entry(void);

void
preempt_at_entry(void)
{
    struct g *gp = getg();

    if (gp != NULL && gp->m->curg == gp && gp->m->p != NULL &&
        gp->no_preempt == 0 && preempt_wanted(gp->m->p))
        proc_yield();
}

void
go_checkpoint(void)
{
    struct g *gp = goroutine("go_checkpoint");

    if (gp->no_preempt == 0 && preempt_wanted(gp->m->p))
        proc_yield();
}

void
go_preempt_disable(void)
{
    goroutine("go_preempt_disable")->no_preempt++;
}

void
go_preempt_enable(void)
{
    struct g *gp = goroutine("go_preempt_enable");

    if (gp->no_preempt == 0)
        return;
    gp->no_preempt--;
    if (gp->no_preempt == 0 && preempt_wanted(gp->m->p))
        proc_yield();
}
