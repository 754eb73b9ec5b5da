// MISTAKE   It looks whether somebody has asked before preemption is enabled.
// WHY       The two seem to be independent. But who asks between them finds it
//           disabled, and is not seen any more.
// CHECK     enable-meanwhile
// GETS      Somebody has asked meanwhile, and is not heard.

    // [lab preempt-enable]
    const bool wanted = preempt_wanted(gp->m->p);

    if (gp->no_preempt == 0)
        return;
    gp->no_preempt--;
    if (gp->no_preempt == 0 && wanted)
        proc_yield();
    // [lab preempt-enable]
