// MISTAKE   The request is a flag.
// WHY       Go has one, in the g. Here it is a number: that of the goroutine
//           that is meant.
// GETS      The request names another goroutine.

    // [lab preempt-request]
    const int error = errno;

    atomic_store_relaxed(&p->preempt, 1);
    if (preempt_off() == NULL && thread != 0)
        world.signal_thread(thread, SIGNAL);
    errno = error;
    // [lab preempt-request]
