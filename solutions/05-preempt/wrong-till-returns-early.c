// MISTAKE   Who has too few coins returns at once.
// WHY       Nothing is to be done. But the mutex is held, and preemption is
//           disabled.
// GETS      The program does not end.

// [lab till]
static void
move(int from, int to, int coins)
{
    go_preempt_disable();
    pthread_mutex_lock(&lock);
    if (box[from] < coins) {
        refused++;
        return;
    }
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
