// MISTAKE   go_preempt_disable is not asked.
// WHY       It seems to be about signals. But who holds a lock must not stop
//           here, either.
// GETS      A goroutine is stopped that has said go_preempt_disable.

    // [lab checkpoint]
    stops = preempt_wanted(gp->m->p);
    // [lab checkpoint]
