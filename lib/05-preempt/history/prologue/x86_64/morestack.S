// void __morestack(void);
//
//   Called at the entry of a function that was compiled with -fsplit-stack, if
//   the stack pointer is below the limit of the thread. Not a call as others:
//   arguments are in their registers, and with -fipa-ra any register may be in
//   use. All are as they were on return. On entry:
//
//       rsp      return into that function: there stands a ret, which is passed
//                over, and then its body
//       rsp+8    return to who called it; above are arguments on the stack

        .text
        .globl  __morestack
        .hidden __morestack
        .type   __morestack, @function
        .p2align 4
__morestack:
        .cfi_startproc
        pushq   %rbp
        .cfi_def_cfa_offset 16
        .cfi_offset rbp, -16
        movq    %rsp, %rbp
        .cfi_def_cfa_register rbp
        .irp    r, rax, rcx, rdx, rsi, rdi, r8, r9, r11
        pushq   %\r
        .endr
        movq    $0, %fs:0x70            // the limit
        subq    $4096, %rsp
        andq    $-64, %rsp
        .irp    n, 512, 520, 528, 536, 544, 552, 560, 568
        movq    $0, \n(%rsp)            // the head of what xsave writes
        .endr
        movl    $0xe6, %eax             // vectors and masks
        xorl    %edx, %edx
        xsave   (%rsp)
        cld
        call    preempt_at_entry
        movl    $0xe6, %eax
        xorl    %edx, %edx
        xrstor  (%rsp)
        leaq    -64(%rbp), %rsp
        .irp    r, r11, r9, r8, rdi, rsi, rdx, rcx, rax
        popq    %\r
        .endr
        popq    %rbp
        .cfi_def_cfa rsp, 8
        popq    %r10
        .cfi_def_cfa_offset 0
        incq    %r10                    // over the ret
        cmpl    $0xfa1e0ff3, (%r10)     // endbr64
        jne     1f
        addq    $4, %r10
1:      cmpl    $0x185d8d4c, (%r10)     // leaq 24(%rbp), %r11: where a function
        jne     2f                      // of varying arguments looks for them
        addq    $4, %r10
        leaq    8(%rsp), %r11
2:      jmp     *%r10
        .cfi_endproc
        .size   __morestack, . - __morestack

// void *__morestack_allocate_stack_space(size_t bytes);
//
//   Called for an array of variable length that seems not to fit. It does: make
//   room on the stack, as the caller would have. (It has a frame pointer.)

        .globl  __morestack_allocate_stack_space
        .hidden __morestack_allocate_stack_space
        .type   __morestack_allocate_stack_space, @function
        .p2align 4
__morestack_allocate_stack_space:
        .cfi_startproc
        endbr64
        popq    %r10
        .cfi_def_cfa_offset 0
        .cfi_register rip, r10
        subq    %rdi, %rsp
        andq    $-16, %rsp
        movq    %rsp, %rax
        jmp     *%r10
        .cfi_endproc
        .size   __morestack_allocate_stack_space, . - __morestack_allocate_stack_space

// -fsplit-stack lets the linker put this in the place of pthread_create.

        .globl  __wrap_pthread_create
        .weak   __real_pthread_create
        .type   __wrap_pthread_create, @function
        .p2align 4
__wrap_pthread_create:
        .cfi_startproc
        endbr64
        jmp     *__real_pthread_create@GOTPCREL(%rip)
        .cfi_endproc
        .size   __wrap_pthread_create, . - __wrap_pthread_create

        .section .note.GNU-stack, "", @progbits
        .section .note.GNU-split-stack, "", @progbits
        .section .note.GNU-no-split-stack, "", @progbits
