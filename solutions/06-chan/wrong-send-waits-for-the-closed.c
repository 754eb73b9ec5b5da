// MISTAKE   Whatever could not be sent waits.
// WHY       It cannot be done now. But on a closed channel it can never be
//           done.
// GETS      A sender waits for a channel that is closed.

    // [lab chan-send]
    const bool alone = alone_begins();
    struct g *ready;

    channel_lock(&c->lock, alone);

    enum outcome outcome = chan_put(c, value, &ready);

    if (outcome != DONE)
        return chan_wait(gp, c, &c->sendq, (void *)value, alone, WAIT_CHAN_SEND);
    channel_unlock(&c->lock, alone);
    if (ready != NULL)
        g_ready(ready);
    return outcome == DONE;
    // [lab chan-send]
