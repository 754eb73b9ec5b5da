// MISTAKE   A new slice begins when it is asked.
// WHY       It should be gone by the next look. If it is not, since is never
//           far enough back.
// GETS      A goroutine is asked once, and never again.

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
    if (now - p->since < SLICE || !is_wanted(p) || perhaps_sleeps(p, now))
        return;
    p->slice = tick - 1;
    count_hogs(p);
    preempt_request(p);
    // [lab retake]
