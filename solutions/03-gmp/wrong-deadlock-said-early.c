// MISTAKE   The global queue is not asked.
// WHY       All p's are idle. But one is about to look there.
// CHECK     run2
// GETS      the runtime ends

    // [lab deadlock-check]
    if (atomic_load_relaxed(&s->n_idle) < s->procs - 1 || s->ended)
        return;
    if (proc_count() == 0)
        fatal("no goroutines (main called runtime.Goexit) - deadlock!");
    fatal("all goroutines are asleep - deadlock!");
    // [lab deadlock-check]
