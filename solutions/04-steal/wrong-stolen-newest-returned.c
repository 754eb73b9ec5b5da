// MISTAKE   The newest of them is returned.
// WHY       It is the last of the batch, and handy. But the oldest has waited
//           longest.
// GETS      It is not the oldest that is returned.

    // [lab steal-half]
    struct g *batch[HALF];
    uint32_t n = grab(from, batch);
    uint32_t tail = atomic_load_relaxed(&to->tail);

    if (n == 0)
        return NULL;
    for (uint32_t i = 0; i + 1 < n; i++)
        set_slot(to, tail + i, batch[i]);
    if (n > 1)
        atomic_store_release(&to->tail, tail + n - 1);  // pairs with grab
    return batch[n - 1];
    // [lab steal-half]
