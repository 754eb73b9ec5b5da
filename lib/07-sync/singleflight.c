/** @file singleflight.c  Many ask for the same thing at once; one goes for it.
 *
 * The first who asks for a key leads: it calls the function. Whoever asks for
 * the same key meanwhile follows: it waits, and gets what the leader got.
 *
 *     1  asks for k                      2  asks for k
 *        lock; no call for k:
 *        a call, on its own stack, onto
 *        the list; unlock
 *        calls the function
 *                                           lock; there is a call for k
 *                                           onto its list of followers
 *                                           g_park: off the stack, unlock
 *        lock; the call off the list;
 *        takes its followers; unlock
 *        the result to each, g_ready        goes on, and has it
 *
 * A call, and a follower, lie on the stack of their goroutine, so nothing is
 * allocated. A leader leaves only when its call is on no list; a follower is
 * not touched any more once it is ready.
 *
 * Who comes after the call is off the list begins anew: what it gets is never
 * older than its question. go_singleflight_forget takes a call off the list
 * early; its followers stay its own.
 *
 * If the function calls go_goexit, all who wait for it end, too: there is no
 * result (ending.h).
 *
 * Who asks by go_singleflight_do_chan does not wait, and has no stack to lie
 * on. What it needs to lead or to follow is allocated; a goroutine of its own
 * calls the function; and the result comes into a channel that has room for it.
 *
 * Mirrors golang.org/x/sync/singleflight.
 */
#include "runtime.h"

#include <string.h>

#include "ending.h"
#include "lock.h"

struct far;

// One who waits for the result of another, on its own stack.
struct follower {
    struct g *g;
    struct far *far;            // or it does not wait, and is a part of this
    struct follower *next;
    void *value;
    int error;
    bool ended;                 // the leader has, by go_goexit
};

// A call under way, on the stack of the leader.
struct call {
    struct go_ending_ ending;
    struct go_singleflight *sf;
    uint64_t hash;
    const char *key;            // the leader's, and as long as its call
    struct far *far;            // or it is a part of this

    // Protected by the lock.
    struct call *next;
    bool listed;
    struct follower *followers; // the last one first
};

// One who does not wait for the result. Freed once that is in the channel.
struct far {
    struct call call;           // if it leads
    struct follower follower;   // if it follows
    go_flights ch;
    char key[];
};

enum {
    BUCKETS = sizeof(((struct go_singleflight *)NULL)->calls) / sizeof(void *),
};

static struct lock *
lock_of(struct go_singleflight *sf)
{
    return (struct lock *)&sf->key;
}

// Not strcmp: a program may have its own, and a goroutine could be made to stop in it,
// with the lock.
static bool
is_same(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b)
        a++, b++;
    return *a == *b;
}

// Whether c is a call for this key. (The program of its leader has written it.)
static bool
is_for(struct call *c, uint64_t hash, const char *key)
{
    bool same;

    if (c->hash != hash)
        return false;
    race_acquire(c);
    same = is_same(c->key, key);
    race_release(c);
    return same;
}

// Where the call for the key stands on its list; or the end of the list. The
// caller has the lock.
static struct call **
find(struct go_singleflight *sf, uint64_t hash, const char *key)
{
    struct call **at = (struct call **)&sf->calls[hash % BUCKETS];

    while (*at != NULL && !is_for(*at, hash, key))
        at = &(*at)->next;
    return at;
}

// The call is on no list any more: nobody else follows. Its followers.
static struct follower *
land(struct go_singleflight *sf, struct call *c)
{
    // [lab singleflight-land]
    lock(lock_of(sf));
    if (c->listed) {
        struct call **at = find(sf, c->hash, c->key);

        *at = c->next;
    }

    struct follower *all = c->followers;

    unlock(lock_of(sf));
    race_acquire(c);
    return all;
    // [lab singleflight-land]
}

// Nobody waits on a stack: the result goes into the channel, if there is one.
static void
answer(struct far *far, struct go_flight flight, bool ended)
{
    if (!ended)
        go_send(far->ch, flight);
    world.free(far);
}

static void
wake(struct follower *f)
{
    if (f->far == NULL) {
        race_release(f);
        g_ready(f->g);
        return;
    }
    answer(f->far, (struct go_flight){ f->value, f->error, true }, f->ended);
}

// Each follower gets the result, and may be gone once it is ready.
static void
tell_all(struct follower *f, void *value, int error, bool ended)
{
    // [lab singleflight-tell]
    while (f != NULL) {
        struct follower *next = f->next;

        f->value = value;
        f->error = error;
        f->ended = ended;
        wake(f);
        f = next;
    }
    // [lab singleflight-tell]
}

// The leader has called go_goexit, and so do its followers.
static void
leader_ends(struct go_ending_ *e)
{
    struct call *c = (struct call *)e;

    tell_all(land(c->sf, c), NULL, 0, true);
    if (c->far != NULL)
        answer(c->far, (struct go_flight){ 0 }, true);
}

int
go_singleflight_do(struct go_singleflight *sf, const char *key,
                   int (*fn)(void *arg, void **value), void *arg, void **value,
                   bool *shared)
{
    struct g *gp = goroutine("go_singleflight_do");
    const uint64_t hash = go_string_hash(key);
    struct follower *all;
    void *result = NULL;
    int error;

    // [lab singleflight-do]
    lock(lock_of(sf));

    struct call **at = find(sf, hash, key);

    if (*at != NULL) {
        struct follower f = { .g = gp, .next = (*at)->followers };

        (*at)->followers = &f;
        g_park(lock_of(sf), WAIT_WAITGROUP);
        race_acquire(&f);
        if (f.ended)
            go_goexit();
        result = f.value;
        error = f.error;
        if (shared != NULL)
            *shared = true;
    } else {
        ENDS_WHEN_UNWOUND struct call c = {
            .sf = sf, .hash = hash, .key = key, .listed = true,
        };

        race_release(&c);
        *at = &c;
        unlock(lock_of(sf));
        ending_begin(gp, &c.ending, leader_ends);
        error = fn(arg, &result);
        ending_end(gp, &c.ending);
        all = land(sf, &c);
        if (shared != NULL)
            *shared = all != NULL;
        tell_all(all, result, error, false);
    }
    // [lab singleflight-do]
    if (value != NULL)
        *value = result;
    return error;
}

// The goroutine of a call that nobody waits for on a stack.
static void
flies(struct far *far, int (*fn)(void *arg, void **value), void *arg)
{
    struct g *gp = goroutine("go_singleflight_do_chan");
    struct call *c = &far->call;
    struct go_flight flight = { 0 };

    ending_begin(gp, &c->ending, leader_ends);
    flight.error = fn(arg, &flight.value);
    ending_end(gp, &c->ending);

    struct follower *all = land(c->sf, c);

    flight.shared = all != NULL;
    tell_all(all, flight.value, flight.error, false);
    answer(far, flight, false);
}

go_flights
go_singleflight_do_chan(struct go_singleflight *sf, const char *key,
                        int (*fn)(void *arg, void **value), void *arg)
{
    goroutine("go_singleflight_do_chan");

    const size_t length = strlen(key) + 1;
    const uint64_t hash = go_string_hash(key);
    go_flights ch = go_make_chan(struct go_flight, 1);
    struct far *far = world.alloc(sizeof(*far) + length);

    if (far == NULL)
        fatal("go_singleflight_do_chan: no memory");
    memcpy(far->key, key, length);
    far->ch = ch;
    far->follower = (struct follower){ .far = far };
    far->call = (struct call){ .sf = sf, .hash = hash, .key = far->key,
                               .far = far, .listed = true };

    // [lab singleflight-far]
    lock(lock_of(sf));

    struct call **at = find(sf, hash, key);
    const bool leads = *at == NULL;

    if (leads) {
        race_release(&far->call);
        *at = &far->call;
    } else {
        far->follower.next = (*at)->followers;
        (*at)->followers = &far->follower;
    }
    unlock(lock_of(sf));
    if (leads)
        go(flies, far, fn, arg);
    // [lab singleflight-far]
    return ch;
}

void
go_singleflight_forget(struct go_singleflight *sf, const char *key)
{
    goroutine("go_singleflight_forget");

    const uint64_t hash = go_string_hash(key);

    lock(lock_of(sf));

    struct call **at = find(sf, hash, key);
    struct call *c = *at;

    if (c != NULL) {
        *at = c->next;
        c->listed = false;
    }
    unlock(lock_of(sf));
}
