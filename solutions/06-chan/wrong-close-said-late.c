// MISTAKE   It is closed when the lists are empty, and the lock is free.
// WHY       Nobody waits any more. But somebody may come, and find it open.
// GETS      The channel is closed, and a receiver still waits for it.

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
    more = close_queue(c, &c->recvq, &end);
    close_queue(c, &c->sendq, &end);
    channel_unlock(&c->lock, alone);
    // Pairs with chan_can_take and chan_can_put.
    atomic_store_release(&c->closed, true);

    while (ready != NULL) {
        struct g *next = ready->next;   // g_ready puts it on another list

        g_ready(ready);
        ready = next;
    }
    // [lab chan-close]
