// MISTAKE   A count does not enable preemption again.
// WHY       The mutex is free, so others may go on. But nobody is stopped for
//           them any more.
// GETS      The program does not end.

// [lab till]
static void
move(int from, int to, int coins)
{
    go_preempt_disable();
    pthread_mutex_lock(&lock);
    if (box[from] >= coins) {
        take(from, coins);
        think();
        put(to, coins);
    } else {
        refused++;
    }
    pthread_mutex_unlock(&lock);
    go_preempt_enable();
}

static int
count(void)
{
    int sum = 0;

    go_preempt_disable();
    pthread_mutex_lock(&lock);
    for (int i = 0; i < BOXES - 1; i++)
        sum += box[i];
    think();
    sum += box[BOXES - 1];
    pthread_mutex_unlock(&lock);
    return sum;
}
// [lab till]
