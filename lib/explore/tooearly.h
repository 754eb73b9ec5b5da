/** @file tooearly.h  As 04-steal/tooearly.h, but time stands here while somebody
 * can do anything: no look is too early.
 */
#ifndef TOOEARLY_H
#define TOOEARLY_H

enum { TOO_EARLY = 0 };

#endif
