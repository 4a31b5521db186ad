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

/** Stops when the supervisor asks, when it dies, or when somebody sends SIGTERM. */
export function livesWithParent(stop: () => void): void {
  process.on('message', (message) => {
    if ((message as { stop?: boolean }).stop) stop();
  });
  process.on('disconnect', stop);
  process.on('SIGTERM', stop);
  // Ctrl-C reaches the whole group: the supervisor decides the order in which we end.
  process.on('SIGINT', () => undefined);
}
