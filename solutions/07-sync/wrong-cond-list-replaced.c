// MISTAKE   Who comes is the list.
// WHY       It becomes head and tail. Who stood there before is on no list.
// GETS      A number was told, and who has it sleeps.

    // [lab cond-wait]
    struct cond_waiter w = { .g = gp, .number = number };
    struct cond_waiter *tail;

    lock(lock_of(cond));
    if (told(number, atomic_load_relaxed(notify_of(cond)))) {
        unlock(lock_of(cond));
        return;
    }
    tail = &w;
    cond->head = tail;
    cond->tail = tail;
    g_park(lock_of(cond), WAIT_COND_WAIT);
    // [lab cond-wait]
