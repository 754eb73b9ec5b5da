// MISTAKE   The lock is given back before the goroutine has left its stack.
// WHY       It is on the list, so it will be found. But it is found while it
//           still runs.
// GETS      A goroutine is made ready while it still runs.

    // [lab cond-wait]
    struct cond_waiter w = { .g = gp, .number = number };
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
    unlock(lock_of(cond));
    lock(lock_of(cond));
    g_park(lock_of(cond), WAIT_COND_WAIT);
    // [lab cond-wait]
