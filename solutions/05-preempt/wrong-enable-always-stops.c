// MISTAKE   It lets others run each time.
// WHY       It has kept them waiting. But mostly nobody waits, and a switch
//           costs more than what was protected.
// GETS      A goroutine is stopped, and nobody has asked.

    // [lab preempt-enable]
    if (gp->no_preempt == 0)
        return;
    gp->no_preempt--;
    if (gp->no_preempt == 0)
        proc_yield();
    // [lab preempt-enable]
