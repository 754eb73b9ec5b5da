// MISTAKE   since stays when it is asked.
// WHY       It says when the slice began. But then each look after that asks
//           again.
// GETS      A goroutine is asked at each look.

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
    count_hogs(p);
    preempt_request(p);
    // [lab retake]
