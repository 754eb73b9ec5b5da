// MISTAKE   A worker does one job, and ends.
// WHY       A goroutine for a job. But there are more jobs than workers.
// GETS      The runtime ended the program.

// [lab pool]
static void
works(go_chan(int) jobs, go_chan(struct result) results)
{
    int job;

    if (go_recv_ok(jobs, &job))
        go_send(results, (struct result){ job, work(job) });
}

static void
hands_out(go_chan(int) jobs)
{
    for (int job = 1; job <= JOBS; job++)
        go_send(jobs, job);
    go_close(jobs);
}

// The last one who can send has ended: nothing more comes.
static void
closes(go_chan(struct result) results, struct go_waitgroup *workers)
{
    go_waitgroup_wait(workers);
    go_close(results);
}

static void
run_all(int *value)
{
    go_chan(int) jobs = go_make_chan(int, 0);
    go_chan(struct result) results = go_make_chan(struct result, 0);
    struct go_waitgroup workers = {0};

    for (int i = 0; i < WORKERS; i++)
        go_waitgroup_go(&workers, works, jobs, results);
    go(hands_out, jobs);
    go(closes, results, &workers);
    go_range(r, results)
        value[r.job] = r.value;
    go_free_chan(jobs);
    go_free_chan(results);
}
// [lab pool]
