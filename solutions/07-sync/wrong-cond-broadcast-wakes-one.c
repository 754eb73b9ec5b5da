// MISTAKE   It wakes the first of the list only.
// WHY       The loop is forgotten, as in a signal.
// CHECK     cond-broadcast
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab cond-broadcast]
    goroutine("go_cond_broadcast");
    check_copied(cond);
    race_release(cond);

    uint32_t number = atomic_load(notify_of(cond));

    if (atomic_load(wait_of(cond)) == number)           // pairs with go_cond_wait
        return;
    lock(lock_of(cond));
    atomic_store(notify_of(cond), atomic_load(wait_of(cond)));

    struct cond_waiter *w = cond->head;

    cond->head = cond->tail = NULL;
    unlock(lock_of(cond));
    if (w != NULL)
        g_ready(w->g);
    // [lab cond-broadcast]
