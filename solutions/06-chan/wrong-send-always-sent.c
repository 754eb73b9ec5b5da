// MISTAKE   That the value was sent is returned in any case.
// WHY       It has come to the end, so it was sent. But a closed channel takes
//           nothing.
// GETS      A send to a closed channel is taken for one that succeeded.

    // [lab chan-send]
    const bool alone = alone_begins();
    struct g *ready;

    channel_lock(&c->lock, alone);

    enum outcome outcome = chan_put(c, value, &ready);

    if (outcome == BLOCKS)
        return chan_wait(gp, c, &c->sendq, (void *)value, alone, WAIT_CHAN_SEND);
    channel_unlock(&c->lock, alone);
    if (ready != NULL)
        g_ready(ready);
    return true;
    // [lab chan-send]
