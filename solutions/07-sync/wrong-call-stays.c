// MISTAKE   A call that has ended stays on the list.
// WHY       Its followers have what they wanted. But the next one becomes a
//           follower of what is no more.
// CHECK     flight-alone
// GETS      Not so: sf.calls[i] == NULL.

    // [lab singleflight-land]
    lock(lock_of(sf));
    struct follower *all = c->followers;

    unlock(lock_of(sf));
    race_acquire(c);
    return all;
    // [lab singleflight-land]
