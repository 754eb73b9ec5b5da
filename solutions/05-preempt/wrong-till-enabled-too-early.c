// MISTAKE   Preemption is enabled before the mutex is given back.
// WHY       Both are undone. But to enable it lets others run, and they find
//           the mutex taken.
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
    go_preempt_enable();
    pthread_mutex_unlock(&lock);
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
    go_preempt_enable();
    pthread_mutex_unlock(&lock);
    return sum;
}
// [lab till]
