// MISTAKE   The lock is taken when the value has been sent.
// WHY       chan_put is short. But somebody else may be in it, on the same
//           channel.
// GETS      A sender and a receiver wait, and do not find each other.

    // [lab chan-send]
    const bool alone = alone_begins();
    struct g *ready;

    enum outcome outcome = chan_put(c, value, &ready);

    channel_lock(&c->lock, alone);

    if (outcome == BLOCKS)
        return chan_wait(gp, c, &c->sendq, (void *)value, alone, WAIT_CHAN_SEND);
    channel_unlock(&c->lock, alone);
    if (ready != NULL)
        g_ready(ready);
    return outcome == DONE;
    // [lab chan-send]
