// MISTAKE   That the goroutine does it is noted before it has looked again.
// WHY       It is about to do it. If nobody else has done it meanwhile.
// GETS      Who does not do it is noted as doing it.

    // [lab once-begin]
    struct go_once *once = call->once;
    struct g *gp = goroutine("go_once_do");

    if (atomic_load_acquire(done_of(once)) == 0) {      // pairs with go_once_end_
        ending_begin(gp, &call->ending, ended_early);
        go_mutex_lock(&once->mutex);
        if (atomic_load_relaxed(done_of(once)) == 0) {
            return true;
        }
        go_mutex_unlock(&once->mutex);
    }
    race_acquire(once);
    return false;
    // [lab once-begin]
