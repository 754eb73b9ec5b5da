// MISTAKE   The head is moved by a mere store.
// WHY       It was seen a moment ago. But somebody may have moved it in that
//           moment.
// GETS      A goroutine came out of the ring twice.

    // [lab ring-take]
    atomic_store_release(&q->head, head + n);
    return true;
    // [lab ring-take]
