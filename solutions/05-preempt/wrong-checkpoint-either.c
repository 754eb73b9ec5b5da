// MISTAKE   || stands where && should.
// WHY       It is read as: one reason is enough. But both must hold.
// GETS      A goroutine is stopped, and nobody has asked.

    // [lab checkpoint]
    stops = gp->no_preempt == 0 || preempt_wanted(gp->m->p);
    // [lab checkpoint]
