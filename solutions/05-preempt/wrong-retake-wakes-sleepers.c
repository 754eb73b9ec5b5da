// MISTAKE   Whether its thread computes is not asked.
// WHY       It has not given its p up for a slice. But it may wait in the
//           kernel, and the signal would end that.
// GETS      A thread that sleeps in the kernel is sent a signal.

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
    (void)perhaps_sleeps;
    if (now - p->since < SLICE || !is_wanted(p))
        return;
    p->since = now;
    count_hogs(p);
    preempt_request(p);
    // [lab retake]
