/** @file channel_lock.c  The lock of all channels. */
#include "channel_lock.h"

struct one_lock one_lock;
