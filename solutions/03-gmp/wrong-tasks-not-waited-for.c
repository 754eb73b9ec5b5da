// MISTAKE   build starts all, and returns.
// WHY       They run by themselves. But main looks at once what they did.
// GETS      A line is wrong.

// [lab tasks]
static void
perform(struct task *t)
{
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
        go_waitgroup_add(&task[i]->done, 1);
    for (int i = 0; i < TASKS; i++)
        go_waitgroup_go(&all, perform, task[i]);
}
// [lab tasks]
