// MISTAKE   No signal is sent.
// WHY       The request is there, and a checkpoint finds it. But a loop that
//           calls nothing has none.
// GETS      No signal is sent.

    // [lab preempt-request]
    atomic_store_relaxed(&p->preempt, atomic_load_relaxed(&p->ticks));
    (void)thread;
    // [lab preempt-request]
