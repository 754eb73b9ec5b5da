// MISTAKE   The note is cleared before the thread sleeps, so that it sleeps.
// WHY       It should begin with a clean note. But the wake-up may have come
//           already.
// CHECK     note
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab m-sleep]
    int64_t end = ns < 0 ? 0 : world.now() + ns;

    atomic_store_relaxed(&mp->note, 0);
    while (atomic_load_acquire(&mp->note) == 0) {       // pairs with m_wake
        if (ns >= 0) {
            ns = end - world.now();
            if (ns <= 0)
                return;
        }
        world.futex_wait(&mp->note.atomic_value, 0, ns);
    }
    // Takes what the last one has said who woke it, if several did.
    atomic_swap(&mp->note, 0);                          // pairs with m_wake
    if (mp->next_p != NULL) {
        mp->p = mp->next_p;
        mp->next_p = NULL;
    }
    // [lab m-sleep]
