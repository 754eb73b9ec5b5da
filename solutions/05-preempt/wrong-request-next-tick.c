// MISTAKE   The next tick is named.
// WHY       It is thought of as a count of turns that are over. But ticks is
//           the one of now.
// GETS      The request names another goroutine.

    // [lab preempt-request]
    const int error = errno;

    atomic_store_relaxed(&p->preempt, atomic_load_relaxed(&p->ticks) + 1);
    if (preempt_off() == NULL && thread != 0)
        world.signal_thread(thread, SIGNAL);
    errno = error;
    // [lab preempt-request]
