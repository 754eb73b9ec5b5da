/** @file ending.h  What is still to be done if a goroutine ends in the middle.
 *
 * The runtime calls a function of the program, and others wait until it has
 * returned. If it calls go_goexit instead, it does not come back, and they are
 * told all the same: by what was begun here, the innermost first. (Go defers
 * it.) A coroutine cannot call go_goexit, and begins nothing.
 *
 * A struct go_ending_ lies on the stack of the goroutine, first in what it is
 * about.
 */
#ifndef ENDING_H
#define ENDING_H

#include "runtime.h"

// From here on fn(e) is called if gp calls go_goexit.
static inline void
ending_begin(struct g *gp, struct go_ending_ *e,
             void (*fn)(struct go_ending_ *e))
{
    if (getg() != gp)
        return;
    e->fn = fn;
    e->outer = gp->ending;
    gp->ending = e;
}

// And from here on not any more: the caller does it.
static inline void
ending_end(struct g *gp, struct go_ending_ *e)
{
    if (getg() == gp)
        gp->ending = e->outer;
}

// gp ends.
static inline void
ending_run(struct g *gp)
{
    while (gp->ending != NULL) {
        struct go_ending_ *e = gp->ending;

        gp->ending = e->outer;
        e->fn(e);
    }
}

#endif
