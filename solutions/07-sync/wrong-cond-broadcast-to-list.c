// MISTAKE   It wakes all on the list, and that is all.
// WHY       All that wait are there. But who has drawn a number may be on his
//           way.
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

    struct cond_waiter *w = cond->head;

    cond->head = cond->tail = NULL;
    unlock(lock_of(cond));
    while (w != NULL) {
        struct cond_waiter *next = w->next;     // w is gone once it is ready

        g_ready(w->g);
        w = next;
    }
    // [lab cond-broadcast]
