// MISTAKE   Who finds it done keeps the mutex.
// WHY       go_once_end_ gives it back. But only who does it calls that.
// GETS      The mutex is never given back.

    // [lab once-begin]
    struct go_once *once = call->once;
    struct g *gp = goroutine("go_once_do");

    if (atomic_load_acquire(done_of(once)) == 0) {      // pairs with go_once_end_
        go_mutex_lock(&once->mutex);
        if (atomic_load_relaxed(done_of(once)) == 0) {
            ending_begin(gp, &call->ending, ended_early);
            return true;
        }
    }
    race_acquire(once);
    return false;
    // [lab once-begin]
