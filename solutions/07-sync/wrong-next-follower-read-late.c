// MISTAKE   The next follower is read after this one is ready.
// WHY       It stands in the record of this one. But that lies on the stack of
//           a goroutine that runs now.
// CHECK     flight-tell
// GETS      A pointer is followed that was read from freed memory.

    // [lab singleflight-tell]
    while (f != NULL) {
        f->value = value;
        f->error = error;
        f->ended = ended;
        wake(f);
        f = f->next;
    }
    // [lab singleflight-tell]
