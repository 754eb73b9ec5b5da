// MISTAKE   Whether it leads is asked under the lock, and what follows from that
//           is done under the lock; but in between it was free.
// WHY       The call that was there has landed meanwhile, and there is nobody
//           to follow.
// CHECK     singleflight-chan
// GETS      A call that has landed is found on the list.

    // [lab singleflight-far]
    lock(lock_of(sf));

    const bool leads = *find(sf, hash, key) == NULL;

    unlock(lock_of(sf));
    lock(lock_of(sf));

    struct call **at = find(sf, hash, key);

    if (leads) {
        race_release(&far->call);
        *at = &far->call;
    } else {
        far->follower.next = (*at)->followers;
        (*at)->followers = &far->follower;
    }
    unlock(lock_of(sf));
    if (leads)
        go(flies, far, fn, arg);
    // [lab singleflight-far]
