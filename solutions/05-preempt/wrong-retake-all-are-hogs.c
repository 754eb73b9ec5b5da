// MISTAKE   How often the one before was asked is kept.
// WHY       asked counts requests. But of one goroutine.
// GETS      Goroutines that stop when they are asked are counted as hogs.

    // [lab retake]
    const uint32_t tick = atomic_load_relaxed(&p->ticks);

    if (p->status != P_RUNNING) {
        p->slice = tick - 1;
        return;
    }
    if (tick != p->slice) {
        p->slice = tick;
        p->since = now;
        p->computed = computed(p, now);
        p->doubtful = false;
        return;
    }
    if (now - p->since < SLICE || !is_wanted(p) || perhaps_sleeps(p, now))
        return;
    p->since = now;
    count_hogs(p);
    preempt_request(p);
    // [lab retake]
