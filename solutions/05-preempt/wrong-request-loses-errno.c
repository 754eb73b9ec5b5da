// MISTAKE   errno is not kept.
// WHY       Nothing here fails. But a thread may have ended, and then the
//           kernel says so.
// GETS      errno is lost.

    // [lab preempt-request]
    atomic_store_relaxed(&p->preempt, atomic_load_relaxed(&p->ticks));
    if (preempt_off() == NULL && thread != 0)
        world.signal_thread(thread, SIGNAL);
    // [lab preempt-request]
