// MISTAKE   A new goroutine does not begin a slice.
// WHY       The tick is noted, so it is known. But since is still that of the
//           one before.
// GETS      A goroutine is asked to stop before its slice is over.

    // [lab retake]
    const uint32_t tick = atomic_load_relaxed(&p->ticks);

    if (p->status != P_RUNNING) {
        p->slice = tick - 1;
        return;
    }
    if (tick != p->slice) {
        p->slice = tick;
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
