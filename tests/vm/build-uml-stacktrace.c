// SPDX-License-Identifier: GPL-2.0-only
/* Stands in for arch/um/kernel/stacktrace.c in the debug kernel, which takes
 * several traces per allocation: that one looks at every word of the stack and
 * ignores what the caller wants skipped, this one follows the frame pointers.
 */

#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>
#include <asm/stacktrace.h>

static bool same_stack(unsigned long a, unsigned long b)
{
	return !((a ^ b) & ~(THREAD_SIZE - 1));
}

/* A frame within @from's stack and above it; the outermost has no caller. */
static bool frame_valid(unsigned long bp, unsigned long from)
{
	return bp > from && same_stack(bp, from) && !(bp % sizeof(long)) &&
	       same_stack(bp + sizeof(struct stack_frame) - 1, from);
}

/* What is not the kernel's own text is the host's way into a signal. */
noinline void dump_trace(struct task_struct *tsk,
			 const struct stacktrace_ops *ops, void *data)
{
	struct pt_regs *segv_regs = tsk->thread.segv_regs;
	unsigned long from = (unsigned long)get_stack_pointer(tsk, segv_regs);
	unsigned long bp = get_frame_pointer(tsk, segv_regs);

	while (frame_valid(bp, from)) {
		struct stack_frame *frame = (struct stack_frame *)bp;
		unsigned long addr = READ_ONCE_NOCHECK(frame->return_address);

		if (__kernel_text_address(addr))
			ops->address(data, addr, 1);
		from = bp;
		bp = (unsigned long)READ_ONCE_NOCHECK(frame->next_frame);
	}
}

static void save_addr(void *data, unsigned long address, int reliable)
{
	struct stack_trace *trace = data;

	if (trace->skip > 0)
		trace->skip--;
	else if (trace->nr_entries < trace->max_entries)
		trace->entries[trace->nr_entries++] = address;
}

static const struct stacktrace_ops save_ops = { .address = save_addr };

/* dump_trace() begins with our own return into it. */
void save_stack_trace_tsk(struct task_struct *tsk, struct stack_trace *trace)
{
	if (tsk == current)
		trace->skip++;
	dump_trace(tsk, &save_ops, trace);
}
EXPORT_SYMBOL_GPL(save_stack_trace_tsk);

void save_stack_trace(struct stack_trace *trace)
{
	trace->skip++;
	dump_trace(current, &save_ops, trace);
}
EXPORT_SYMBOL_GPL(save_stack_trace);
