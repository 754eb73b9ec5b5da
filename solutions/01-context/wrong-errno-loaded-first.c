// MISTAKE   The other one's errno is loaded before ours is saved.
// WHY       Both lines are there, and each is right by itself.
// GETS      A goroutine reads another one's errno.

    // [lab g-switch]
    *mp->errnop = to->err;
    from->err = *mp->errnop;
    to->m = mp;
    setg(to);
    value = gobuf_switch(&from->sched, &to->sched, value);
    // [lab g-switch]
