/** @file usertext.h  Whose code is it, at this address?
 *
 * A goroutine may be made to stop in the user's own code only. In a library it
 * may hold a lock, of malloc for one, that its thread must give back; in the
 * runtime it may be anywhere in a protocol. The two are told apart by address:
 *
 *     the program itself     the user's, but for the section go_text, into
 *                            which the build puts all of the runtime
 *     shared libraries       not the user's
 *
 * So the runtime must never be in code that lies between the user's functions:
 * not in a stub through which the linker calls a shared library, nor in what the
 * compiler takes from libgcc, as for atomics on aarch64. It is compiled so that
 * it needs neither (OWN_CALLS in the Makefile).
 *
 * A static C library is part of the program: then there is no telling.
 */
#ifndef USERTEXT_H
#define USERTEXT_H

#include <stdbool.h>
#include <stdint.h>

// Find out what the program is made of. False if the user's code cannot be
// told from the C library's.
bool usertext_init(void);

// Whether the user's own code is at address.
bool is_user_text(uintptr_t address);

// Whether address is code of a shared library, but for ours. Looks it up in the
// loader's tables: async-signal-safe, tens of nanoseconds.
bool is_library_text(uintptr_t address);

#endif
