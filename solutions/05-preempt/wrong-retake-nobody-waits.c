// MISTAKE   Whether anybody waits is not asked.
// WHY       A slice is a slice. But who is alone would be switched away, and
//           back.
// GETS      A goroutine is asked to stop, and nobody wants the p.

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
        p->asked = 0;
        return;
    }
    (void)is_wanted;
    if (now - p->since < SLICE || perhaps_sleeps(p, now))
        return;
    p->since = now;
    count_hogs(p);
    preempt_request(p);
    // [lab retake]
