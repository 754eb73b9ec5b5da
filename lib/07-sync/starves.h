/** @file starves.h  How long one waits for a mutex before it is given to him.
 *
 * The schedule explorer, in which time stands still, has a file of this name.
 */
#ifndef STARVES_H
#define STARVES_H

enum { STARVES_AFTER = 1000000 };       // ns (Go's)

#endif
