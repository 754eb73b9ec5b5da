/** @file preempt.c  Go before 1.2: a goroutine that computes keeps its thread
 * until it waits or yields. HISTORY=05-preempt/none.
 */
#include "preempt.h"

const char *
preempt_off(void)
{
    return "HISTORY=05-preempt/none";
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

void
preempt_request(struct p *p)
{
    (void)p;
}

void
preempt_all(struct sched *s)
{
    (void)s;
}

void
go_checkpoint(void)
{
    goroutine("go_checkpoint");
}

void
go_preempt_disable(void)
{
    goroutine("go_preempt_disable");
}

void
go_preempt_enable(void)
{
    goroutine("go_preempt_enable");
}
