// MISTAKE   Who was told does not look again.
// WHY       It was told that something has changed. But many were told, and
//           not for all there is room.
// GETS      A line is wrong.

// [lab bridge]
static void
enter(int way)
{
    go_mutex_lock(&mu);
    if (on_it == BEARS || (on_it > 0 && going != way))
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
