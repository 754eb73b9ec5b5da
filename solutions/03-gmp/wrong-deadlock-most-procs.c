// MISTAKE   P's are counted that GOMAXPROCS has taken away.
// WHY       There have been so many. But those are stopped, and never idle.
// GETS      All goroutines wait, and nobody says so.

    // [lab deadlock-check]
    if (atomic_load_relaxed(&s->n_idle) < s->procs_most ||
        atomic_load_relaxed(&s->n_global) > 0 || s->ended)
        return;
    if (proc_count() == 0)
        fatal("no goroutines (main called runtime.Goexit) - deadlock!");
    fatal("all goroutines are asleep - deadlock!");
    // [lab deadlock-check]
