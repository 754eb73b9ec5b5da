// MISTAKE   The lock is not given back.
// WHY       The value is where it should be. But nobody else gets at it.
// GETS      The lock of the channel is never given back.

    // [lab chan-send]
    const bool alone = alone_begins();
    struct g *ready;

    channel_lock(&c->lock, alone);

    enum outcome outcome = chan_put(c, value, &ready);

    if (outcome == BLOCKS)
        return chan_wait(gp, c, &c->sendq, (void *)value, alone, WAIT_CHAN_SEND);
    if (ready != NULL)
        g_ready(ready);
    return outcome == DONE;
    // [lab chan-send]
