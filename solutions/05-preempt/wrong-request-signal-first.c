// MISTAKE   The signal is sent first.
// WHY       Both are done before the thread can look, it seems. But the thread
//           is on another processor, or this one.
// GETS      The signal comes before the request.

    // [lab preempt-request]
    const int error = errno;

    if (preempt_off() == NULL && thread != 0)
        world.signal_thread(thread, SIGNAL);
    atomic_store_relaxed(&p->preempt, atomic_load_relaxed(&p->ticks));
    errno = error;
    // [lab preempt-request]
