// MISTAKE   The one that is returned counts for the ring, too.
// WHY       n were stolen. But one of them runs now, and is not in the ring.
// GETS      The thief's ring does not hold one less than was taken.

    // [lab steal-half]
    struct g *batch[HALF];
    uint32_t n = grab(from, batch);
    uint32_t tail = atomic_load_relaxed(&to->tail);

    if (n == 0)
        return NULL;
    // The oldest is for now. The others can be stolen from us as soon as tail
    // is there, and not before.
    for (uint32_t i = 1; i < n; i++)
        set_slot(to, tail + i - 1, batch[i]);
    if (n > 1)
        atomic_store_release(&to->tail, tail + n);      // pairs with grab
    return batch[0];
    // [lab steal-half]
