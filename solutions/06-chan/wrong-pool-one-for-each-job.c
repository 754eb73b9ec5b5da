// MISTAKE   Each job has a goroutine of its own.
// WHY       Goroutines are cheap. But what the jobs need may not be.
// GETS      A line is wrong.

// [lab pool]
static void
works(int job, int *value)
{
    value[job] = work(job);
}

static void
run_all(int *value)
{
    struct go_waitgroup all = {0};

    for (int job = 1; job <= JOBS; job++)
        go_waitgroup_go(&all, works, job, value);
    go_waitgroup_wait(&all);
}
// [lab pool]
