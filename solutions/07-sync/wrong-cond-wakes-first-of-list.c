// MISTAKE   It wakes the first of the list, whatever its number.
// WHY       That one has waited longest. But one with a lower number may be on
//           its way to the list, and has been told, too.
// CHECK     cond-turn
// GETS      Who waits longest is not woken first.

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
    atomic_store(notify_of(cond), number + 1);

    struct cond_waiter *w = take(cond, cond->head != NULL ? ((struct cond_waiter *)cond->head)->number : number);

    unlock(lock_of(cond));
    if (w != NULL)
        g_ready(w->g);
    // [lab cond-signal]
