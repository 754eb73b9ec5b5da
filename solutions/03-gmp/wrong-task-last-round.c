// MISTAKE   The round is that of the need that is named last, and one more.
// WHY       The loop overwrites it. The latest is not always the last.
// GETS      A line is wrong.

// [lab tasks]
static void
perform(struct task *t)
{
    t->round = 1;
    for (int i = 0; t->needs[i] != NULL; i++) {
        go_waitgroup_wait(&t->needs[i]->done);
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
    go_waitgroup_wait(&all);
}
// [lab tasks]
