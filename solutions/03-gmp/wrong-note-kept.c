// MISTAKE   The note is not cleared after the thread was woken.
// WHY       It is awake now. But at its next sleep it will not sleep, and take
//           no p along.
// CHECK     stop
// GETS      It never ends: 20000 steps, and it still goes on.

    // [lab m-sleep]
    int64_t end = ns < 0 ? 0 : world.now() + ns;

    while (atomic_load_acquire(&mp->note) == 0) {       // pairs with m_wake
        if (ns >= 0) {
            ns = end - world.now();
            if (ns <= 0)
                return;
        }
        world.futex_wait(&mp->note.atomic_value, 0, ns);
    }
    // Takes what the last one has said who woke it, if several did.
    if (mp->next_p != NULL) {
        mp->p = mp->next_p;
        mp->next_p = NULL;
    }
    // [lab m-sleep]
