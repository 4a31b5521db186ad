/** Resolves when somebody asks this process to end: Ctrl-C, SIGTERM, or the terminal was closed. */
export function untilInterrupted(): Promise<'interrupted'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolve('interrupted'));
    }
    // A closed terminal takes no more lines; the end must come in order all the same.
    process.stdout.on('error', () => undefined);
    process.stderr.on('error', () => undefined);
  });
}
