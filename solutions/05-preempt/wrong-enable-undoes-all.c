// MISTAKE   It undoes all of them.
// WHY       It is read as a switch, on or off. But a function that is called
//           may disable it, too.
// GETS      One go_preempt_enable does not undo one go_preempt_disable.

    // [lab preempt-enable]
    gp->no_preempt = 0;
    if (preempt_wanted(gp->m->p))
        proc_yield();
    // [lab preempt-enable]
