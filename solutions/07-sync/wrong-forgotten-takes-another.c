// MISTAKE   A call that ends takes the call for its key off the list.
// WHY       That is its own. But if it was forgotten, it is another one's, and
//           whoever comes now begins a third.
// CHECK     singleflight-forget
// GETS      Not so: under_way++ == 0.

    // [lab singleflight-land]
    lock(lock_of(sf));
    struct call **at = find(sf, c->hash, c->key);

    if (*at != NULL)
        *at = (*at)->next;

    struct follower *all = c->followers;

    unlock(lock_of(sf));
    race_acquire(c);
    return all;
    // [lab singleflight-land]
