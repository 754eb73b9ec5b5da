// MISTAKE   The mutex is not taken before it waits.
// WHY       go_cond_wait takes it at the end. But first it gives it back.
// GETS      The runtime ended the program.

// [lab bridge]
static void
enter(int way)
{
    while (on_it == BEARS || (on_it > 0 && going != way))
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
