// MISTAKE   Nobody is made ready.
// WHY       The receiver has its value. But it sleeps, and does not know.
// GETS      A receiver has its value, and is never made ready.

    // [lab chan-send]
    const bool alone = alone_begins();
    struct g *ready;

    channel_lock(&c->lock, alone);

    enum outcome outcome = chan_put(c, value, &ready);

    if (outcome == BLOCKS)
        return chan_wait(gp, c, &c->sendq, (void *)value, alone, WAIT_CHAN_SEND);
    channel_unlock(&c->lock, alone);
    return outcome == DONE;
    // [lab chan-send]
