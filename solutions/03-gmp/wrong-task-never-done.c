// MISTAKE   A task does not say that it is done.
// WHY       Its function has returned, so it is done. But those that wait look
//           at the group.
// GETS      The runtime ended the program.

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
