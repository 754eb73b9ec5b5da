// MISTAKE   The two texts are exchanged.
// WHY       == and != are one key apart.
// GETS      It is said in the wrong words.

    // [lab deadlock-check]
    if (atomic_load_relaxed(&s->n_idle) < s->procs ||
        atomic_load_relaxed(&s->n_global) > 0 || s->ended)
        return;
    if (proc_count() != 0)
        fatal("no goroutines (main called runtime.Goexit) - deadlock!");
    fatal("all goroutines are asleep - deadlock!");
    // [lab deadlock-check]
