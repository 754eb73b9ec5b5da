// MISTAKE   Preemption is not disabled.
// WHY       The mutex keeps the others out. But who wants it meanwhile waits
//           with the only thread.
// GETS      The program does not end.

// [lab till]
static void
move(int from, int to, int coins)
{
    pthread_mutex_lock(&lock);
    if (box[from] >= coins) {
        take(from, coins);
        think();
        put(to, coins);
    } else {
        refused++;
    }
    pthread_mutex_unlock(&lock);
}

static int
count(void)
{
    int sum = 0;

    pthread_mutex_lock(&lock);
    for (int i = 0; i < BOXES - 1; i++)
        sum += box[i];
    think();
    sum += box[BOXES - 1];
    pthread_mutex_unlock(&lock);
    return sum;
}
// [lab till]
