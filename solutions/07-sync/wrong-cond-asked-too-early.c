// MISTAKE   It looks whether it was told, and then takes the lock.
// WHY       Most of the time that is enough. But a signal may come between the
//           two.
// GETS      A number was told, and who has it sleeps.

    // [lab cond-wait]
    struct cond_waiter w = { .g = gp, .number = number };
    struct cond_waiter *tail;

    if (told(number, atomic_load_relaxed(notify_of(cond))))
        return;
    lock(lock_of(cond));
    tail = cond->tail;
    if (tail == NULL)
        cond->head = &w;
    else
        tail->next = &w;
    cond->tail = &w;
    g_park(lock_of(cond), WAIT_COND_WAIT);
    // [lab cond-wait]
