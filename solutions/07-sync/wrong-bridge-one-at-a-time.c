// MISTAKE   One at a time is let in.
// WHY       That is safe. But the bridge bears three.
// GETS      A line is wrong.

// [lab bridge]
static void
enter(int way)
{
    go_mutex_lock(&mu);
    while (on_it > 0)
        go_cond_wait(&changed, &mu);
    on_it++;
    going = way;
    go_mutex_unlock(&mu);
}

static void
leave(void)
{
    go_mutex_lock(&mu);
    on_it--;
    go_mutex_unlock(&mu);
    go_cond_broadcast(&changed);
}
// [lab bridge]
