// MISTAKE   Nobody looks whether the step has succeeded.
// WHY       It is done by cas. But a cas may fail, and says so.
// GETS      A goroutine came out of the ring twice.

    // [lab ring-take]
    atomic_cas(&q->head, &head, head + n);
    return true;
    // [lab ring-take]
