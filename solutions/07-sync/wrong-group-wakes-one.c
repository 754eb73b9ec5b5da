// MISTAKE   One permit is given, however many wait.
// WHY       One is the usual case.
// CHECK     group-waiters
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab waitgroup-wake]
    // Nobody may add while others wait and the counter is 0.
    if (atomic_load(state_of(wg)) != state)
        gopanic("sync: WaitGroup misuse: Add called concurrently with Wait");
    atomic_store(state_of(wg), 0);
    sleepers_grant(sleepers_of(wg), 1);
    // [lab waitgroup-wake]
