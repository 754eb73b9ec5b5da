/** @file ending.h  What is still to be done if a goroutine ends in the middle.
 *
 * The runtime calls a function of the program, and others wait until it has
 * returned. If it calls go_goexit instead, it does not come back, and they are
 * told all the same: by what was begun here, the innermost first. (Go defers
 * it.) A coroutine cannot call go_goexit. But what is called may throw, anywhere.
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
    e->fn = fn;
    e->outer = NULL;
    if (getg() != gp)
        return;
    e->outer = gp->ending;
    gp->ending = e;
}

// And from here on not any more: the caller does it.
static inline void
ending_end(struct g *gp, struct go_ending_ *e)
{
    e->fn = NULL;
    if (getg() == gp)
        gp->ending = e->outer;
}

// A C++ exception has left the function of the program, and goes on through the
// runtime: so the goroutine's part ends here, too. A variable that begins with a
// struct go_ending_ is made ENDS_WHEN_UNWOUND for that.
static inline void
ending_unwound(void *variable)
{
    struct go_ending_ *e = variable;
    void (*fn)(struct go_ending_ *e) = e->fn;

    if (fn == NULL)
        return;
    ending_end(getg(), e);
    fn(e);
}

#define ENDS_WHEN_UNWOUND __attribute__((cleanup(ending_unwound)))

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
