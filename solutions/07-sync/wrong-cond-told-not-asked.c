// MISTAKE   It does not look whether it was told.
// WHY       It comes to the list as soon as it can. But a signal may have been
//           faster.
// GETS      A number was told, and who has it sleeps.

    // [lab cond-wait]
    struct cond_waiter w = { .g = gp, .number = number };
    struct cond_waiter *tail;

    lock(lock_of(cond));
    tail = cond->tail;
    if (tail == NULL)
        cond->head = &w;
    else
        tail->next = &w;
    cond->tail = &w;
    g_park(lock_of(cond), WAIT_COND_WAIT);
    // [lab cond-wait]
