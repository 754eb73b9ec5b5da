// MISTAKE   to->m is not set.
// WHY       Nothing in this function reads it. The one that is continued does,
//           at its own next switch.
// GETS      The g does not know on which thread it runs.

    // [lab g-switch]
    from->err = *mp->errnop;
    *mp->errnop = to->err;
    setg(to);
    value = gobuf_switch(&from->sched, &to->sched, value);
    // [lab g-switch]
