// MISTAKE   build does the tasks itself, in the order of the list.
// WHY       A function that waits looks like any other. But main then waits for
//           what only main could do.
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
    go_waitgroup_done(&t->done);
}

static void
build(void)
{
    for (int i = 0; i < TASKS; i++)
        go_waitgroup_add(&task[i]->done, 1);
    for (int i = 0; i < TASKS; i++)
        perform(task[i]);
}
// [lab tasks]
