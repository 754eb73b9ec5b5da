// MISTAKE   The followers are taken before the lock.
// WHY       The call has its result, so all who wanted it are there. But it is
//           on the list until it is taken off, and another one comes.
// CHECK     flight
// GETS      Deadlock: nobody can go on, and nobody will wake them.

    // [lab singleflight-land]
    struct follower *all = c->followers;

    lock(lock_of(sf));
    if (c->listed) {
        struct call **at = find(sf, c->hash, c->key);

        *at = c->next;
    }

    unlock(lock_of(sf));
    race_acquire(c);
    return all;
    // [lab singleflight-land]
