// MISTAKE   from and to are exchanged in the call.
// WHY       memcpy and its kin take the destination first.
// GETS      The switch went to a place that nobody saved.

    // [lab g-switch]
    from->err = *mp->errnop;
    *mp->errnop = to->err;
    to->m = mp;
    setg(to);
    value = gobuf_switch(&to->sched, &from->sched, value);
    // [lab g-switch]
