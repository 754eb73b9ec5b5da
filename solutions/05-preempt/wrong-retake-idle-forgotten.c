// MISTAKE   A p that is idle is left as it is.
// WHY       It runs nothing, so there is nothing to do. But what it runs next
//           may be taken for what it ran before.
// GETS      A p that was idle is late at once.

    // [lab retake]
    const uint32_t tick = atomic_load_relaxed(&p->ticks);

    if (p->status != P_RUNNING)
        return;
    if (tick != p->slice) {
        p->slice = tick;
        p->since = now;
        p->computed = computed(p, now);
        p->doubtful = false;
        p->asked = 0;
        return;
    }
    if (now - p->since < SLICE || !is_wanted(p) || perhaps_sleeps(p, now))
        return;
    p->since = now;
    count_hogs(p);
    preempt_request(p);
    // [lab retake]
