/** @file exception.c  A C++ exception that nobody handles.
 *
 * When one is thrown, each frame from there outwards is asked whether it
 * handles it. The outermost one here is gobuf_entry, and its answer is below.
 * Without it the program would end with "terminate called", and say nothing
 * of where.
 */
#include <unwind.h>

#include "runtime.h"

// Named in gobuf.S, in the CFI of gobuf_entry.
_Unwind_Reason_Code
g_personality(int version, _Unwind_Action actions,
              _Unwind_Exception_Class kind, struct _Unwind_Exception *e,
              struct _Unwind_Context *context);

_Unwind_Reason_Code
g_personality(int version, _Unwind_Action actions,
              _Unwind_Exception_Class kind, struct _Unwind_Exception *e,
              struct _Unwind_Context *context)
{
    (void)version;
    (void)kind;
    (void)e;
    (void)context;
    // The end of a thread passes here, too, but asks nobody.
    if (actions & _UA_SEARCH_PHASE)
        fatal("a C++ exception left the function of a goroutine");
    return _URC_CONTINUE_UNWIND;
}
