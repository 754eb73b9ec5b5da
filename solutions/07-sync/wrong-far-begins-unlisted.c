// MISTAKE   The goroutine is started before the call is on the list.
// WHY       It may be done before that: then the call comes onto the list when
//           it has landed, and nobody takes it off.
// CHECK     singleflight-chan
// GETS      A call that has landed is found on the list.

    // [lab singleflight-far]
    bool leads;

    lock(lock_of(sf));
    leads = *find(sf, hash, key) == NULL;
    unlock(lock_of(sf));
    if (leads)
        go(flies, far, fn, arg);
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
    // [lab singleflight-far]
