// MISTAKE   A task waits for the first that it needs.
// WHY       It is the first thing that one writes, and with one need it is
//           right.
// GETS      A line is wrong.

// [lab tasks]
static void
perform(struct task *t)
{
    t->round = 1;
    if (t->needs[0] != NULL) {
        go_waitgroup_wait(&t->needs[0]->done);
        t->round = t->needs[0]->round + 1;
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
