// MISTAKE   After a failure it is tried again, from where the head is now.
// WHY       A cas stands in a loop, as one often sees. But what was copied
//           was copied from where the head was.
// GETS      A goroutine came out of the ring twice.

    // [lab ring-take]
    while (!atomic_cas(&q->head, &head, head + n))
        ;
    return true;
    // [lab ring-take]
