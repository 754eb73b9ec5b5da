// MISTAKE   More p's than there are would have to be idle.
// WHY       The one that calls seems not to be counted. But it is idle, too.
// CHECK     asleep
// GETS      All goroutines wait, and nobody says so.

    // [lab deadlock-check]
    if (atomic_load_relaxed(&s->n_idle) <= s->procs ||
        atomic_load_relaxed(&s->n_global) > 0 || s->ended)
        return;
    if (proc_count() == 0)
        fatal("no goroutines (main called runtime.Goexit) - deadlock!");
    fatal("all goroutines are asleep - deadlock!");
    // [lab deadlock-check]
