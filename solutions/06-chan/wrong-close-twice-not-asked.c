// MISTAKE   Whether it is closed already is not asked.
// WHY       It is closed then, and that is what was wanted. But two believe
//           that they are the one who closes.
// GETS      A channel is closed twice, and nothing is said.

    // [lab chan-close]
    const bool alone = alone_begins();
    struct g *ready, **end = &ready;

    channel_lock(&c->lock, alone);
    race_write(c, 1);
    race_release(c);
    // Pairs with chan_can_take and chan_can_put.
    atomic_store_release(&c->closed, true);
    more = close_queue(c, &c->recvq, &end);
    close_queue(c, &c->sendq, &end);
    channel_unlock(&c->lock, alone);

    while (ready != NULL) {
        struct g *next = ready->next;   // g_ready puts it on another list

        g_ready(ready);
        ready = next;
    }
    // [lab chan-close]
