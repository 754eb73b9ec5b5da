// MISTAKE   errno is saved and loaded after the switch.
// WHY       It looks like a clean-up: switch first, then put things in order.
//           But after the switch it is the other one that runs.
// GETS      A goroutine reads another one's errno.

    // [lab g-switch]
    to->m = mp;
    setg(to);
    value = gobuf_switch(&from->sched, &to->sched, value);
    from->err = *mp->errnop;
    *mp->errnop = to->err;
    // [lab g-switch]
