/** @file trace.h  What is said when something happens, in a build that writes
 * it down (TRACE=1). The usual file of this name has the rules.
 */
#ifndef TRACE_H
#define TRACE_H

#include <stdint.h>

struct g;
struct m;
struct p;

// trace.c
void trace_local(const struct g *gp);
void trace_global(const struct g *first, uint32_t n);
void trace_idle(const struct p *p);
void trace_busy(const struct p *p);
void trace_sleep(void);
void trace_wake(const struct m *mp, const struct p *p);

// tracep.c: the number of p; -1 for NULL.
int trace_number(const struct p *p);

#endif
