// MISTAKE   Nobody asks whether something was grabbed.
// WHY       The victim had work a moment ago. But a moment ago is not now.
// GETS      From an empty ring something is stolen.

    // [lab steal-half]
    struct g *batch[HALF] = { NULL };
    uint32_t n = grab(from, batch);
    uint32_t tail = atomic_load_relaxed(&to->tail);

    for (uint32_t i = 1; i < n; i++)
        set_slot(to, tail + i - 1, batch[i]);
    atomic_store_release(&to->tail, tail + n - 1);      // pairs with grab
    return batch[0];
    // [lab steal-half]
