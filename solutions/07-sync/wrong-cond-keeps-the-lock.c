// MISTAKE   Who was told by now keeps the lock of the list.
// WHY       g_park gives it back. But only for who parks.
// GETS      The lock of the list is never given back.

    // [lab cond-wait]
    struct cond_waiter w = { .g = gp, .number = number };
    struct cond_waiter *tail;

    lock(lock_of(cond));
    if (told(number, atomic_load_relaxed(notify_of(cond))))
        return;
    tail = cond->tail;
    if (tail == NULL)
        cond->head = &w;
    else
        tail->next = &w;
    cond->tail = &w;
    g_park(lock_of(cond), WAIT_COND_WAIT);
    // [lab cond-wait]
