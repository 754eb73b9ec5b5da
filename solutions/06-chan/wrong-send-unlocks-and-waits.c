// MISTAKE   The lock is given back before the sender waits.
// WHY       Whoever sleeps must not hold a lock. But chan_wait needs it for
//           the list, and g0 gives it back.
// CHECK     sends-p2
// GETS      A goroutine is made ready while it still runs.

    // [lab chan-send]
    const bool alone = alone_begins();
    struct g *ready;

    channel_lock(&c->lock, alone);

    enum outcome outcome = chan_put(c, value, &ready);

    channel_unlock(&c->lock, alone);
    if (outcome == BLOCKS)
        return chan_wait(gp, c, &c->sendq, (void *)value, alone, WAIT_CHAN_SEND);
    if (ready != NULL)
        g_ready(ready);
    return outcome == DONE;
    // [lab chan-send]
