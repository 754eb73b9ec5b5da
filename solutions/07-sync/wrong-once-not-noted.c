// MISTAKE   It is not noted that the goroutine does it.
// WHY       go_once_end_ will be called. Not if the goroutine ends by
//           go_goexit.
// GETS      A goroutine does it, and nobody knows that.

    // [lab once-begin]
    struct go_once *once = call->once;
    struct g *gp = goroutine("go_once_do");

    if (atomic_load_acquire(done_of(once)) == 0) {      // pairs with go_once_end_
        go_mutex_lock(&once->mutex);
        if (atomic_load_relaxed(done_of(once)) == 0) {
            (void)gp;
            (void)ended_early;
            return true;
        }
        go_mutex_unlock(&once->mutex);
    }
    race_acquire(once);
    return false;
    // [lab once-begin]
