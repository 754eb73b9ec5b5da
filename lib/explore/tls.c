/** @file tls.c  What each played thread has for itself. In place of
 * 01-context/tls.c.
 */
#include "runtime.h"

struct m *
tls_m(void)
{
    return explore_m(sizeof(struct m));
}
