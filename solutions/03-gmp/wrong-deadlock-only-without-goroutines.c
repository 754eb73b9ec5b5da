// MISTAKE   As long as there are goroutines, there seems to be hope.
// WHY       They could go on. But nobody is left who would wake them.
// GETS      All goroutines wait, and nobody says so.

    // [lab deadlock-check]
    if (atomic_load_relaxed(&s->n_idle) < s->procs ||
        atomic_load_relaxed(&s->n_global) > 0 || s->ended)
        return;
    if (proc_count() > 0)
        return;
    if (proc_count() == 0)
        fatal("no goroutines (main called runtime.Goexit) - deadlock!");
    fatal("all goroutines are asleep - deadlock!");
    // [lab deadlock-check]
