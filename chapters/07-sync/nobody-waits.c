/** @file nobody-waits.c  A signal and a permit, given before anybody waits.
 */
#include <goroutine.h>
#include <stdio.h>

static struct go_mutex mu;
static struct go_cond cond;
static struct go_sema sema;
static const char *cond_did = "waits", *sema_did = "waits";

static void
waits_to_be_told(void)
{
    go_mutex_lock(&mu);
    go_cond_wait(&cond, &mu);
    cond_did = "went on";
    go_mutex_unlock(&mu);
}

static void
acquires(void)
{
    go_sema_acquire(&sema);
    sema_did = "went on";
}

static int
go_main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    go_gomaxprocs(1);
    go_cond_signal(&cond);
    go_sema_release(&sema);
    go(waits_to_be_told);
    go(acquires);
    for (int i = 0; i < 10; i++)
        go_gosched();
    printf("cond %s, semaphore %s\n", cond_did, sema_did);
    return 0;
}

int
main(int argc, char **argv)
{
    return go_run(go_main, argc, argv);
}
