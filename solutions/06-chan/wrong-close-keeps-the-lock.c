// MISTAKE   The lock is not given back.
// WHY       Nobody needs a closed channel. But many still look at it.
// GETS      The lock of the channel is never given back.

    // [lab chan-close]
    const bool alone = alone_begins();
    struct g *ready, **end = &ready;

    channel_lock(&c->lock, alone);
    if (atomic_load_relaxed(&c->closed)) {
        channel_unlock(&c->lock, alone);
        gopanic("close of closed channel");
    }
    race_write(c, 1);
    race_release(c);
    // Pairs with chan_can_take and chan_can_put.
    atomic_store_release(&c->closed, true);
    more = close_queue(c, &c->recvq, &end);
    close_queue(c, &c->sendq, &end);

    while (ready != NULL) {
        struct g *next = ready->next;   // g_ready puts it on another list

        g_ready(ready);
        ready = next;
    }
    // [lab chan-close]
