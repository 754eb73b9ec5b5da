// MISTAKE   One p that runs is not counted.
// WHY       It is about to look for work, and finds none. But it may find some.
// CHECK     works
// GETS      Deadlock is said, and somebody can go on.

    // [lab deadlock-check]
    if (atomic_load_relaxed(&s->n_idle) < s->procs - 1 ||
        atomic_load_relaxed(&s->n_global) > 0 || s->ended)
        return;
    if (proc_count() == 0)
        fatal("no goroutines (main called runtime.Goexit) - deadlock!");
    fatal("all goroutines are asleep - deadlock!");
    // [lab deadlock-check]
