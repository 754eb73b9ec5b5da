// MISTAKE   A p goes idle while the world is being stopped.
// WHY       It has nothing to do anyway. But somebody waits until it is given
//           up.
// CHECK     idle-stops
// GETS      Who stops the world waits for ever.

    // [lab go-idle]
    struct p *p = mp->p;
    struct sched *s = p->sched;

    lock(&s->lock);
    if (atomic_load_relaxed(&s->n_global) == 0) {
        mp->p = NULL;
        sched_put_idle(s, p);
        m_push_idle(mp);
        deadlock_check(s);
    }
    unlock(&s->lock);
    // [lab go-idle]
