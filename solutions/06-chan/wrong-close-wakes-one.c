// MISTAKE   Of those who wait only the first goes on.
// WHY       The others find the channel closed when they look. But they sleep.
// CHECK     close-receivers
// GETS      Not all that waited for the channel are made ready.

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
    channel_unlock(&c->lock, alone);

    if (ready != NULL)
        g_ready(ready);
    // [lab chan-close]
