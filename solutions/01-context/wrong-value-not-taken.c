// MISTAKE   What gobuf_switch returns is dropped.
// WHY       The value that was handed over is still in the variable, and looks
//           right.
// GETS      The value that is handed over does not arrive.

    // [lab g-switch]
    from->err = *mp->errnop;
    *mp->errnop = to->err;
    to->m = mp;
    setg(to);
    gobuf_switch(&from->sched, &to->sched, value);
    // [lab g-switch]
