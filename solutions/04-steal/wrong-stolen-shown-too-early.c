// MISTAKE   What was stolen is announced before it is in its slots.
// WHY       The ring is our own. But a thief may have thieves.
// GETS      What is stolen from the thief is not there yet.

    // [lab steal-half]
    struct g *batch[HALF];
    uint32_t n = grab(from, batch);
    uint32_t tail = atomic_load_relaxed(&to->tail);

    if (n == 0)
        return NULL;
    // The oldest is for now. The others can be stolen from us as soon as tail
    // is there, and not before.
    if (n > 1)
        atomic_store_release(&to->tail, tail + n - 1);  // pairs with grab
    for (uint32_t i = 1; i < n; i++)
        set_slot(to, tail + i - 1, batch[i]);
    return batch[0];
    // [lab steal-half]
