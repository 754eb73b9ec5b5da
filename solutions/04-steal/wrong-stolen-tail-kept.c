// MISTAKE   The slots are filled, and tail stays where it was.
// WHY       They are in the ring. But what counts is what stands before tail.
// GETS      The thief's ring does not hold one less than was taken.

    // [lab steal-half]
    struct g *batch[HALF];
    uint32_t n = grab(from, batch);
    uint32_t tail = atomic_load_relaxed(&to->tail);

    if (n == 0)
        return NULL;
    for (uint32_t i = 1; i < n; i++)
        set_slot(to, tail + i - 1, batch[i]);
    return batch[0];
    // [lab steal-half]
