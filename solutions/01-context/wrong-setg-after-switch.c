// MISTAKE   The current g is set after the switch.
// WHY       One thinks of the switch as a step that ends before the next line.
//           The next line runs when we are continued, and then it names the
//           wrong one.
// GETS      The current g is not the one that runs.

    // [lab g-switch]
    from->err = *mp->errnop;
    *mp->errnop = to->err;
    to->m = mp;
    value = gobuf_switch(&from->sched, &to->sched, value);
    setg(to);
    // [lab g-switch]
