// MISTAKE   errno is saved for the one that goes on, not for the one that
//           stops.
// WHY       The line reads well: "to's errno is errno". It is the line too
//           many of the puzzle.
// GETS      A goroutine reads another one's errno.

    // [lab g-switch]
    to->err = *mp->errnop;
    *mp->errnop = to->err;
    to->m = mp;
    setg(to);
    value = gobuf_switch(&from->sched, &to->sched, value);
    // [lab g-switch]
