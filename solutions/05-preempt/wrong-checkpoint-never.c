// MISTAKE   It is left to the signal.
// WHY       Where signals are sent, none of this is needed. But they are not
//           sent everywhere.
// GETS      A goroutine that was asked to stop goes on.

    // [lab checkpoint]
    stops = false;
    // [lab checkpoint]
