// MISTAKE   The state becomes 0 after all were woken.
// WHY       They have waited for that. But who goes on looks whether the group
//           is used again, and one that adds meanwhile is forgotten.
// CHECK     group
// GETS      The runtime ends the process: panic: sync: WaitGroup is reused before previous Wait has returned

    // [lab waitgroup-wake]
    // Nobody may add while others wait and the counter is 0.
    if (atomic_load(state_of(wg)) != state)
        gopanic("sync: WaitGroup misuse: Add called concurrently with Wait");
    sleepers_grant(sleepers_of(wg), waiters(state));
    atomic_store(state_of(wg), 0);
    // [lab waitgroup-wake]
