/** @file resumes-itself.c  What is said when a coroutine resumes itself. */
#include <goroutine.h>

static struct go_coro *self;

static void
resumes_itself(void *arg)
{
    (void)arg;
    go_coro_resume(self);
}

int
main(void)
{
    self = go_coro_new(resumes_itself, 0);
    go_coro_resume(self);
    return 0;
}
