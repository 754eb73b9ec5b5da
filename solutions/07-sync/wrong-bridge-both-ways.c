// MISTAKE   It is not asked who comes the other way.
// WHY       There is room, and that was the question. Half of it.
// GETS      A line is wrong.

// [lab bridge]
static void
enter(int way)
{
    go_mutex_lock(&mu);
    while (on_it == BEARS)
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
