// MISTAKE   Sysmon does not look whether somebody is busy.
// WHY       Nobody is alone from then on. But somebody is in the middle of plain
//           steps.
// CHECK     alone-steps
// GETS      A step of who was alone is lost, or one of the other.

    // [lab alone-forbid]
    // Who has not yet said that it is busy will see that it is not alone.
    doubt = !fence_all(s);
    return !doubt;
    // [lab alone-forbid]
