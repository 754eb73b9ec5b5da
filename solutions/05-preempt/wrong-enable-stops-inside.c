// MISTAKE   It does not look whether it was the last one.
// WHY       Somebody waits, so it hurries. But the caller of the caller still
//           holds a lock.
// GETS      A goroutine is stopped while preemption is disabled.

    // [lab preempt-enable]
    if (gp->no_preempt == 0)
        return;
    gp->no_preempt--;
    if (preempt_wanted(gp->m->p))
        proc_yield();
    // [lab preempt-enable]
