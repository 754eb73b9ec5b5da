// MISTAKE   The head moves by one, however many are taken.
// WHY       The owner takes one at a time. But a thief takes n.
// GETS      Head has not moved by as many as were taken.

    // [lab ring-take]
    (void)n;
    return atomic_cas(&q->head, &head, head + 1);
    // [lab ring-take]
