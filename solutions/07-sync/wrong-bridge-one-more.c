// MISTAKE   Four are let in.
// WHY       It waits as long as more than three are on the bridge. Then the
//           fourth does not wait.
// GETS      A line is wrong.

// [lab bridge]
static void
enter(int way)
{
    go_mutex_lock(&mu);
    while (on_it > BEARS || (on_it > 0 && going != way))
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
