// MISTAKE   The list of followers becomes this one alone.
// WHY       Those who came before it are forgotten, and wait for ever.
// CHECK     singleflight-chan
// GETS      The runtime ends the process: fatal error: all goroutines are asleep - deadlock!

    // [lab singleflight-far]
    lock(lock_of(sf));

    struct call **at = find(sf, hash, key);
    const bool leads = *at == NULL;

    if (leads) {
        race_release(&far->call);
        *at = &far->call;
    } else {
        (*at)->followers = &far->follower;
    }
    unlock(lock_of(sf));
    if (leads)
        go(flies, far, fn, arg);
    // [lab singleflight-far]
