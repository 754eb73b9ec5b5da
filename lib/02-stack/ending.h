/** @file ending.h  Until chapter 7 nobody waits for what a goroutine does. */
#ifndef ENDING_H
#define ENDING_H

#include "runtime.h"

static inline void
ending_run(struct g *gp)
{
    (void)gp;
}

#endif
