// MISTAKE   preempt_off is understood the wrong way round.
// WHY       It sounds like a truth value. But it is the reason why not, and
//           NULL if there is none.
// GETS      A signal is sent where none may be.

    // [lab preempt-request]
    const int error = errno;

    atomic_store_relaxed(&p->preempt, atomic_load_relaxed(&p->ticks));
    if (preempt_off() && thread != 0)
        world.signal_thread(thread, SIGNAL);
    errno = error;
    // [lab preempt-request]
