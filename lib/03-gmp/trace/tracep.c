/** @file tracep.c  How p's are numbered in a recorded run. */
#include "schedt.h"

int
trace_number(const struct p *p)
{
    return p != NULL ? (int)(p - p->sched->p) : -1;
}
