// MISTAKE   It is not asked whether a goroutine is left.
// WHY       All wait, or all are gone: nobody runs. But one of them is a
//           mistake at another place.
// GETS      It is said in the wrong words.

    // [lab deadlock-check]
    if (atomic_load_relaxed(&s->n_idle) < s->procs ||
        atomic_load_relaxed(&s->n_global) > 0 || s->ended)
        return;
    fatal("all goroutines are asleep - deadlock!");
    // [lab deadlock-check]
