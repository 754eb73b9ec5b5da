// MISTAKE   The mutex is given back while the clerk thinks.
// WHY       Others could go on meanwhile. But the coins are nowhere, and the
//           auditor counts.
// GETS      A line is wrong.

// [lab till]
static void
move(int from, int to, int coins)
{
    go_preempt_disable();
    pthread_mutex_lock(&lock);
    if (box[from] >= coins) {
        take(from, coins);
        pthread_mutex_unlock(&lock);
        go_preempt_enable();
        think();
        go_preempt_disable();
        pthread_mutex_lock(&lock);
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
    go_preempt_enable();
    return sum;
}
// [lab till]
