// MISTAKE   Each checkpoint is a stop.
// WHY       That is fair to all. But it stands in a loop, and a switch costs
//           much more than a look.
// GETS      A goroutine is stopped, and nobody has asked.

    // [lab checkpoint]
    stops = gp->no_preempt == 0;
    // [lab checkpoint]
