// MISTAKE   Who stands on the list has no number.
// WHY       It is on the list, so it will be found. But who signals looks for
//           a number.
// GETS      A number was told, and who has it sleeps.

    // [lab cond-wait]
    struct cond_waiter w = { .g = gp };
    struct cond_waiter *tail;

    lock(lock_of(cond));
    if (told(number, atomic_load_relaxed(notify_of(cond)))) {
        unlock(lock_of(cond));
        return;
    }
    tail = cond->tail;
    if (tail == NULL)
        cond->head = &w;
    else
        tail->next = &w;
    cond->tail = &w;
    g_park(lock_of(cond), WAIT_COND_WAIT);
    // [lab cond-wait]
