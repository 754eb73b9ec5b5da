// MISTAKE   Ticks are not looked at.
// WHY       The p has run for a slice. But not the same goroutine.
// GETS      A goroutine is asked to stop before its slice is over.

    // [lab retake]
    const uint32_t tick = atomic_load_relaxed(&p->ticks);

    if (p->status != P_RUNNING) {
        p->slice = tick - 1;
        return;
    }
    if (now - p->since < SLICE || !is_wanted(p) || perhaps_sleeps(p, now))
        return;
    p->slice = tick;
    p->since = now;
    count_hogs(p);
    preempt_request(p);
    // [lab retake]
