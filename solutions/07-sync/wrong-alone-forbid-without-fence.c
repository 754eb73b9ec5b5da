// MISTAKE   Sysmon says that nobody is alone, and looks who is busy, without a
//           fence.
// WHY       The store stands before the look. But the other one has no fence,
//           either: its processor keeps back that it is busy.
// CHECK     alone-steps-tso
// GETS      A step of who was alone is lost, or one of the other.

    // [lab alone-forbid]
    for (int i = 0; i < PATIENCE && doubt; i++) {
        doubt = atomic_load_acquire(&alone_now.busy);   // pairs with alone_ends
        if (doubt)
            cpu_relax();
    }
    return !doubt;
    // [lab alone-forbid]
