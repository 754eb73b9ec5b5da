// MISTAKE   The world is changed before all have stopped.
// WHY       They will see the flag soon. But they still run.
// CHECK     stop
// GETS      The runtime ends the process: fatal error: all goroutines are asleep - deadlock!

    // [lab stop-the-world]
    struct sched *s = mp->p->sched;

    lock(&s->lock);
    if (atomic_load_relaxed(&s->stopping)) {
        unlock(&s->lock);
        return false;
    }
    atomic_store_relaxed(&s->stopping, true);
    while (s->idle != NULL)
        sched_get_idle(s)->status = P_STOPPED;
    s->stopper = mp;
    s->to_stop = 0;
    for (int i = 0; i < s->procs; i++)
        s->to_stop += s->p[i].status == P_RUNNING && &s->p[i] != mp->p;

    unlock(&s->lock);
    return true;
    // [lab stop-the-world]
