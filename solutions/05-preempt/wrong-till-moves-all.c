// MISTAKE   Whether there are enough coins is not looked at.
// WHY       The clerk knows what he does. But coins cannot be owed.
// GETS      A line is wrong.

// [lab till]
static void
move(int from, int to, int coins)
{
    go_preempt_disable();
    pthread_mutex_lock(&lock);
    take(from, coins);
    think();
    put(to, coins);
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
