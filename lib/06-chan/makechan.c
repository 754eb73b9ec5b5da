/** @file makechan.c  Making a channel, and freeing it.
 *
 * Go has a garbage collector, so nobody frees a channel there. Here whoever
 * made it does, when nobody uses it any more.
 */
#include "chan.h"

void *
(go_make_chan)(size_t element, int64_t n)
{
    size_t bytes;

    goroutine("go_make_chan");
    if (n < 0 || __builtin_mul_overflow(element, (size_t)n, &bytes) ||
        bytes > PTRDIFF_MAX - sizeof(struct chan))
        gopanic("makechan: size out of range");

    // A place for each slot also if elements have no size: race_slot names it.
    struct chan *c = world.alloc(sizeof(*c) + bytes + 1);

    if (c == NULL)
        fatal("go_make_chan: no memory for a channel of %zu elements of %zu "
              "bytes", (size_t)n, element);
    *c = (struct chan){
        .elem_size = element,
        .run = run_number,
        .cap = (size_t)n,
        .end = bytes,
    };
    return c;
}

static int
say_waiters(const struct waitq *q, const char *what)
{
    int n = 0;

    for (struct sudog *sg = atomic_load_relaxed(&q->first); sg != NULL;
         sg = sg->next, n++)
        say("runtime: goroutine %llu waits to %s%s\n",
            (unsigned long long)sg->g->id, what,
            sg->is_select ? " (select)" : "");
    return n;
}

void
(go_free_chan)(void *ch)
{
    goroutine("go_free_chan");

    if (ch == NULL)
        return;

    struct chan *c = ch;

    // Those who waited when their run ended are no more, nor are their sudogs.
    if (chan_is_old(c)) {
        c->run = 0;
        world.free(c);
        return;
    }
    c = chan_of(ch, "go_free_chan");

    const bool alone = alone_begins();

    channel_lock(&c->lock, alone);
    if (atomic_load_relaxed(&c->recvq.first) != NULL ||
        atomic_load_relaxed(&c->sendq.first) != NULL) {
        int n = say_waiters(&c->recvq, "receive");

        n += say_waiters(&c->sendq, "send");
        fatal("go_free_chan: %d goroutine%s for this channel", n,
              n == 1 ? " waits" : "s wait");
    }
    c->run = 0;
    channel_unlock(&c->lock, alone);
    world.free(c);
}
