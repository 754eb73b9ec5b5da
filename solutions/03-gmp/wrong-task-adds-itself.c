// MISTAKE   Each task adds to its group when it begins.
// WHY       It is its own group. But others look at it before it has begun.
// GETS      A line is wrong.

// [lab tasks]
static void
perform(struct task *t)
{
    go_waitgroup_add(&t->done, 1);
    t->round = 1;
    for (int i = 0; t->needs[i] != NULL; i++) {
        go_waitgroup_wait(&t->needs[i]->done);
        if (t->round <= t->needs[i]->round)
            t->round = t->needs[i]->round + 1;
    }
    work(t);
    go_waitgroup_done(&t->done);
}

static void
build(void)
{
    struct go_waitgroup all = {0};

    for (int i = 0; i < TASKS; i++)
        go_waitgroup_go(&all, perform, task[i]);
    go_waitgroup_wait(&all);
}
// [lab tasks]
