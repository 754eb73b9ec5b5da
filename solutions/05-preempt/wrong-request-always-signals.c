// MISTAKE   preempt_off is not asked.
// WHY       Who does not want the signal ignores it. But the program may have
//           a handler for it.
// GETS      A signal is sent where none may be.

    // [lab preempt-request]
    const int error = errno;

    atomic_store_relaxed(&p->preempt, atomic_load_relaxed(&p->ticks));
    if (thread != 0)
        world.signal_thread(thread, SIGNAL);
    errno = error;
    // [lab preempt-request]
