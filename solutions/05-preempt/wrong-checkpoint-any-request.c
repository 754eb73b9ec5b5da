// MISTAKE   Any request is taken for one of now.
// WHY       preempt is not 0, so somebody has asked. But it may have been
//           about the goroutine before.
// GETS      A goroutine is stopped, and nobody has asked.

    // [lab checkpoint]
    stops = gp->no_preempt == 0 && atomic_load_relaxed(&gp->m->p->preempt) != 0;
    // [lab checkpoint]
