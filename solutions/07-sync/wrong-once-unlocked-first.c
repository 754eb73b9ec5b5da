// MISTAKE   The mutex is given back before it is said to be done.
// WHY       The order seems not to matter. But who has the mutex next does it
//           again.
// CHECK     once
// GETS      It is done twice.

    // [lab once-end]
    struct go_once *once = call->once;

    ending_end(goroutine("go_once_do"), &call->ending);
    race_release(once);
    go_mutex_unlock(&once->mutex);
    atomic_store_release(done_of(once), 1);     // pairs with go_once_begin_
    // [lab once-end]
