// MISTAKE   It looks whether the head is still there, and then moves it.
// WHY       It asks, as it should. But between the answer and the store
//           another one may ask.
// GETS      A goroutine came out of the ring twice.

    // [lab ring-take]
    if (atomic_load_acquire(&q->head) != head)
        return false;
    atomic_store_release(&q->head, head + n);
    return true;
    // [lab ring-take]
