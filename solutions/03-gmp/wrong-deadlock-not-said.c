// MISTAKE   A p that is idle already is not counted.
// WHY       One more is idle now. But it was counted before.
// CHECK     deadlock
// GETS      deadlock

    // [lab deadlock-check]
    if (atomic_load_relaxed(&s->n_idle) <= s->procs ||
        atomic_load_relaxed(&s->n_global) > 0 || s->ended)
        return;
    if (proc_count() == 0)
        fatal("no goroutines (main called runtime.Goexit) - deadlock!");
    fatal("all goroutines are asleep - deadlock!");
    // [lab deadlock-check]
