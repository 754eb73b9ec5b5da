// MISTAKE   Each done wakes those who wait.
// WHY       They wait for done. But for the last one.
// CHECK     group
// GETS      The runtime ends the process: panic: sync: negative WaitGroup counter

    // [lab waitgroup-add]
    uint64_t state = count(state_of(wg), delta);

    if (counter(state) < 0)
        gopanic("sync: negative WaitGroup counter");
    if (waiters(state) != 0 && delta > 0 && counter(state) == delta)
        gopanic("sync: WaitGroup misuse: Add called concurrently with Wait");
    if (delta < 0 && waiters(state) > 0)
        wake_all(wg, state);
    // [lab waitgroup-add]
