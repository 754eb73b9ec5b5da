// MISTAKE   n is added to the head, wherever it stands.
// WHY       An addition is one step, and none is lost. But two thieves add
//           for the same goroutines.
// GETS      A goroutine came out of the ring twice.

    // [lab ring-take]
    (void)head;
    atomic_add(&q->head, n);
    return true;
    // [lab ring-take]
