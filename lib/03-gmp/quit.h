/** @file quit.h  SIGQUIT: what are you doing? */
#ifndef QUIT_H
#define QUIT_H

// From now on SIGQUIT (Ctrl-\ on a terminal) ends the process with a dump,
// unless the program handles or ignores it.
void quit_catch(void);

// As it was.
void quit_release(void);

#endif
