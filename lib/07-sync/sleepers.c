/** @file sleepers.c  Sleeping on a list, and waking all of it.
 *
 *     1  waits, and was counted          2  grants
 *        lock
 *        no permit: onto the list
 *        leaves its stack; unlock
 *                                           lock; takes 1 off the list; unlock
 *                                           g_ready(1)
 *        goes on, and has its permit
 *
 *     1  waits, and was counted          2  grants
 *                                           lock; nobody is there: permits + 1
 *                                           unlock
 *        lock; takes the permit; unlock
 *
 * The lock decides which of the two it is. Once it is free the second one does
 * not touch s any more: those who have their permits may free it.
 */
#include "sleepers.h"

void
sleepers_wait(struct g *gp, struct sleepers *s, enum wait_reason why)
{
    // [lab sleepers-wait]
    lock(&s->lock);
    if (s->permits > 0) {
        s->permits--;
        unlock(&s->lock);
        return;
    }
    gp->next = s->first;
    s->first = gp;
    g_park(&s->lock, why);
    // [lab sleepers-wait]
}

void
sleepers_grant(struct sleepers *s, uint32_t n)
{
    const bool alone = alone_begins();
    struct g *woken = NULL;

    // [lab sleepers-grant]
    if (!alone)
        lock(&s->lock);
    for (; n > 0 && s->first != NULL; n--) {
        struct g *gp = s->first;

        s->first = gp->next;
        gp->next = woken;
        woken = gp;
    }
    s->permits += n;
    if (alone)
        alone_ends();
    else
        unlock(&s->lock);
    // Who is ready is on another list.
    while (woken != NULL) {
        struct g *next = woken->next;

        g_ready(woken);
        woken = next;
    }
    // [lab sleepers-grant]
}
