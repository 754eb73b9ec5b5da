// MISTAKE   It does not look again under the lock.
// WHY       It has looked: it was not done. But it has waited for the mutex
//           since then.
// GETS      It is done twice.

    // [lab once-begin]
    struct go_once *once = call->once;
    struct g *gp = goroutine("go_once_do");

    if (atomic_load_acquire(done_of(once)) == 0) {      // pairs with go_once_end_
        go_mutex_lock(&once->mutex);
        ending_begin(gp, &call->ending, ended_early);
        return true;
    }
    race_acquire(once);
    return false;
    // [lab once-begin]
