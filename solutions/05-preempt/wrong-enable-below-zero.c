// MISTAKE   One too many is subtracted all the same.
// WHY       The caller should know. But below 0 an unsigned number is very
//           large, and nobody is stopped any more.
// GETS      One go_preempt_enable too many is counted.

    // [lab preempt-enable]
    gp->no_preempt--;
    if (gp->no_preempt == 0 && preempt_wanted(gp->m->p))
        proc_yield();
    // [lab preempt-enable]
