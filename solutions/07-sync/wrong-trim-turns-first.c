// MISTAKE   The lists change their roles first, and then the victims are
//           emptied.
// WHY       Empty them, then turn; turn, then empty the other one: it sounds
//           the same. But what is put meanwhile goes to where things are
//           dropped.
// CHECK     pool-new
// GETS      Not so: dropped[1] == 0 && dropped[3] == 0.

    // [lab pool-trim]
    bool no = false;

    if (!atomic_cas(&q->trimming, &no, true))
        return;
    atomic_store_relaxed(&q->since, world.now_coarse());

    const uint32_t clock = atomic_load_relaxed(&q->clock);
    atomic_store(&q->clock, clock + 1);

    const int n = atomic_load_acquire(&q->n);       // pairs with local_make

    for (int i = 0; i < n; i++) {
        struct local *l = atomic_load_acquire(&q->of[i]);
        void *x;

        // By stealing: it is another p's, and we may well be on another one
        // after each drop.
        while (l != NULL &&
               (x = deque_steal(&l->list[(clock + 1) % 2])) != NULL) {
            race_acquire(x);
            pool->drop(x);
        }
    }
    atomic_store_release(&q->trimming, false);      // pairs with the cas above
    // [lab pool-trim]
