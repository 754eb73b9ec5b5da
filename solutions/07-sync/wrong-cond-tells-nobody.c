// MISTAKE   Who is told is looked for on the list, and the number stays.
// WHY       If he is there that is enough. If he is on his way he sleeps.
// CHECK     cond
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab cond-signal]
    goroutine("go_cond_signal");
    check_copied(cond);
    race_release(cond);

    uint32_t number = atomic_load(notify_of(cond));

    if (atomic_load(wait_of(cond)) == number)           // pairs with go_cond_wait
        return;
    lock(lock_of(cond));
    number = atomic_load_relaxed(notify_of(cond));
    if (atomic_load(wait_of(cond)) == number) {
        unlock(lock_of(cond));
        return;
    }
    if (cond->head != NULL)
        atomic_store(notify_of(cond), number + 1);

    struct cond_waiter *w = take(cond, number);

    unlock(lock_of(cond));
    if (w != NULL)
        g_ready(w->g);
    // [lab cond-signal]
