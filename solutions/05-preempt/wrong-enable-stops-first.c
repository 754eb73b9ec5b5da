// MISTAKE   It looks first, and subtracts then.
// WHY       Both are done. But at the look it never is 0, except with one too
//           many.
// GETS      Somebody has asked meanwhile, and is not heard.

    // [lab preempt-enable]
    if (gp->no_preempt == 0 && preempt_wanted(gp->m->p))
        proc_yield();
    if (gp->no_preempt > 0)
        gp->no_preempt--;
    // [lab preempt-enable]
