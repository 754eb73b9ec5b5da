// MISTAKE   done is set before it is done.
// WHY       So that nobody else begins. But who comes now takes it for done,
//           and goes on.
// GETS      go_once_do returns, and it has not been done.

    // [lab once-begin]
    struct go_once *once = call->once;
    struct g *gp = goroutine("go_once_do");

    if (atomic_load_acquire(done_of(once)) == 0) {      // pairs with go_once_end_
        go_mutex_lock(&once->mutex);
        if (atomic_load_relaxed(done_of(once)) == 0) {
            ending_begin(gp, &call->ending, ended_early);
            atomic_store_release(done_of(once), 1);
            return true;
        }
        go_mutex_unlock(&once->mutex);
    }
    race_acquire(once);
    return false;
    // [lab once-begin]
