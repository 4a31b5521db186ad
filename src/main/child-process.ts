/** The child's side of the supervisor's leash: an IPC channel that breaks when the supervisor dies. */

/** Tells the supervisor that this process is at work. */
export function tellReady(): void {
  process.send?.({ ready: true });
}

/** Tells the supervisor, and who reads the output, why this process ends badly. */
export async function tellFailed(sentence: string): Promise<void> {
  process.stderr.write(`${sentence}\n`);
  if (!process.connected) return;
  await new Promise<void>((resolve) => {
    process.send?.({ failed: sentence }, () => resolve());
  });
}

/**
 * Stops when the supervisor asks, when it dies, or when somebody sends SIGTERM; only the first of them
 * ends its processes in their order.
 */
export function livesWithParent(stop: (by: 'supervisor' | 'others') => void): void {
  process.on('message', (message) => {
    if ((message as { stop?: boolean }).stop) stop('supervisor');
  });
  process.on('disconnect', () => stop('others'));
  process.on('SIGTERM', () => stop('others'));
  // Ctrl-C reaches the whole group: the supervisor decides the order in which we end.
  process.on('SIGINT', () => undefined);
}

/** In the environment of a process that shall load its code and then wait. */
export const HELD = 'PYROS_HELD';

export function isHeld(): boolean {
  return process.env[HELD] !== undefined && process.connected;
}

/**
 * Tells the supervisor that the code is loaded, and waits until the run begins: the settings are to be
 * read after this. Resolves at once where nobody asked for it.
 */
export async function untilBegun(): Promise<void> {
  if (!isHeld()) return;
  await new Promise<void>((resolve) => {
    const leave = () => process.exit(0);
    const hear = (message: unknown) => {
      const { begin, stop } = message as { begin?: boolean; stop?: boolean };
      if (stop) leave();
      if (!begin) return;
      process.off('message', hear);
      process.off('disconnect', leave);
      resolve();
    };
    process.on('message', hear);
    process.on('disconnect', leave);
    process.send?.({ loaded: true });
  });
}
