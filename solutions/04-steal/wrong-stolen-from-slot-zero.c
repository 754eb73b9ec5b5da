// MISTAKE   They are put into the slots from 0 on.
// WHY       The ring is empty. But its head and tail stand where they have
//           come to.
// GETS      The thief's ring has not the goroutines that were taken.

    // [lab steal-half]
    struct g *batch[HALF];
    uint32_t n = grab(from, batch);
    uint32_t tail = atomic_load_relaxed(&to->tail);

    if (n == 0)
        return NULL;
    for (uint32_t i = 1; i < n; i++)
        set_slot(to, i - 1, batch[i]);
    if (n > 1)
        atomic_store_release(&to->tail, tail + n - 1);  // pairs with grab
    return batch[0];
    // [lab steal-half]
