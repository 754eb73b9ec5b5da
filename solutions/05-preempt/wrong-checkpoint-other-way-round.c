// MISTAKE   no_preempt is asked the wrong way round.
// WHY       Its name says no. But it counts how often that was said.
// GETS      A goroutine that was asked to stop goes on.

    // [lab checkpoint]
    stops = gp->no_preempt != 0 && preempt_wanted(gp->m->p);
    // [lab checkpoint]
