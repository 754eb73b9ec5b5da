// MISTAKE   What was asked for meanwhile is forgotten.
// WHY       The next signal will come. But that is a time slice later.
// GETS      Somebody has asked meanwhile, and is not heard.

    // [lab preempt-enable]
    if (gp->no_preempt > 0)
        gp->no_preempt--;
    // [lab preempt-enable]
