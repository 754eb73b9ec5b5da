// MISTAKE   The goroutine is put on the run queue, too.
// WHY       It wants to go on some day. But it is on a wait list already, and
//           whoever takes it off puts it on the queue.
// GETS      A goroutine is made ready twice.

    // [lab park]
    g_set_status(gp, G_RUNNING, G_WAITING);
    unlock(gp->parked_on);
    g_set_status(gp, G_WAITING, G_RUNNABLE);
    proc_put(mp, gp);
    // [lab park]
