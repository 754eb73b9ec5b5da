// MISTAKE   Who finds nothing gives the lock back, and takes it again to wait.
// WHY       There was nothing. But a sender may come in between.
// CHECK     chan
// GETS      The runtime ends the process: fatal error: all goroutines are asleep - deadlock!

    // [lab chan-recv]
    const bool alone = alone_begins();
    const size_t bytes = c->elem_size;          // c may be gone when we wake up
    struct g *ready;
    uintptr_t ok;

    channel_lock(&c->lock, alone);

    enum outcome outcome = chan_take(c, elem, &ready);

    if (outcome == BLOCKS) {
        channel_unlock(&c->lock, alone);
        channel_lock(&c->lock, alone);
        ok = chan_wait(gp, c, &c->recvq, elem, alone, WAIT_CHAN_RECEIVE);
        race_write(elem, bytes);
        return ok;
    }
    race_write(elem, bytes);
    channel_unlock(&c->lock, alone);
    if (ready != NULL)
        g_ready(ready);
    return outcome == DONE;
    // [lab chan-recv]
