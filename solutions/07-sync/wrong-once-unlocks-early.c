// MISTAKE   The mutex is given back before it is done.
// WHY       The look is under the lock, and what is done takes long. But who
//           comes meanwhile is to wait for it.
// GETS      Who does it has not locked the mutex.

    // [lab once-begin]
    struct go_once *once = call->once;
    struct g *gp = goroutine("go_once_do");

    if (atomic_load_acquire(done_of(once)) == 0) {      // pairs with go_once_end_
        go_mutex_lock(&once->mutex);
        if (atomic_load_relaxed(done_of(once)) == 0) {
            ending_begin(gp, &call->ending, ended_early);
            go_mutex_unlock(&once->mutex);
            return true;
        }
        go_mutex_unlock(&once->mutex);
    }
    race_acquire(once);
    return false;
    // [lab once-begin]
