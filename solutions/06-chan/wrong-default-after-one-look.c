// MISTAKE   The default is done when no case could be done, one after the
//           other.
// WHY       Each was looked at. But never all at one moment.
// CHECK     looks-always-p2
// GETS      The default is done, though at each moment a case could be done.

    // [lab select-first-pass]
    while ((chosen = choose(gp->m, cases, n, &otherwise)) < n) {
        const struct go_case *k = &cases[chosen];
        struct chan *c = (struct chan *)k->ch;
        const bool alone = alone_begins();
        struct g *ready;

        channel_lock(&c->lock, alone);

        enum outcome outcome = act(k, &ready);

        channel_unlock(&c->lock, alone);
        if (outcome != BLOCKS) {
            finish(k, outcome, ready);
            return (int)chosen;
        }
    }
    if (otherwise < n)
        return (int)otherwise;
    return (int)(n <= FEW ? select_few(gp, cases, n) : select_many(gp, cases, n));
    // [lab select-first-pass]
