// MISTAKE   The number is read before the lock is taken.
// WHY       It was read to see whether anybody waits. But another signal may
//           have told that one.
// CHECK     cond-signals
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab cond-signal]
    goroutine("go_cond_signal");
    check_copied(cond);
    race_release(cond);

    uint32_t number = atomic_load(notify_of(cond));

    if (atomic_load(wait_of(cond)) == number)           // pairs with go_cond_wait
        return;
    lock(lock_of(cond));
    if (atomic_load(wait_of(cond)) == number) {
        unlock(lock_of(cond));
        return;
    }
    atomic_store(notify_of(cond), number + 1);

    struct cond_waiter *w = take(cond, number);

    unlock(lock_of(cond));
    if (w != NULL)
        g_ready(w->g);
    // [lab cond-signal]
