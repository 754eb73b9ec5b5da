// MISTAKE   Only the global queue is looked at again.
// WHY       It is for all. But so are the rings.
// CHECK     submit
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab work-waits]
    if (atomic_load(&s->n_global) > 0)
        return true;
    return false;
    // [lab work-waits]
