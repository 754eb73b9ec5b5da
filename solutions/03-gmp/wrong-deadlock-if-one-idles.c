// MISTAKE   One p that is idle is enough.
// WHY       If one has nothing to do, the others soon have nothing, too. But
//           they may make new work.
// GETS      Deadlock is said, and somebody can go on.

    // [lab deadlock-check]
    if (atomic_load_relaxed(&s->n_idle) == 0 ||
        atomic_load_relaxed(&s->n_global) > 0 || s->ended)
        return;
    if (proc_count() == 0)
        fatal("no goroutines (main called runtime.Goexit) - deadlock!");
    fatal("all goroutines are asleep - deadlock!");
    // [lab deadlock-check]
