// MISTAKE   Nobody asks whether one who looks is needed.
// WHY       It does not spin, so it owes nobody a look. But somebody found no
//           p that was idle.
// GETS      One who looks is needed, and the next m sleeps.

    // [lab park-m]
    struct p *p = mp->p;
    struct sched *s = p->sched;

    if (atomic_load_relaxed(&p->spinning)) {
        spin_stop(p);                               // pairs with proc_put
        if (work_waits(s)) {
            atomic_store_relaxed(&p->spinning, true);
            atomic_add(&s->n_spinning, 1);
            return;
        }
    }
    lock(&s->lock);
    if (atomic_load_relaxed(&s->n_global) > 0 ||
        atomic_load_relaxed(&s->stopping)) {
        // Look there.
    } else {
        mp->p = NULL;
        sched_put_idle(s, p);
        m_push_idle(mp);
        deadlock_check(s);
    }
    unlock(&s->lock);
    // [lab park-m]
