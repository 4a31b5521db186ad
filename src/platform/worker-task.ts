import { Worker } from 'node:worker_threads';

/**
 * Runs heavy work in a thread of its own, so that the loop of the process goes on: the module gets
 * `input` as its `workerData` and posts its result once. Aborting ends the thread at once and rejects
 * with the signal's reason; what the module throws rejects as it is.
 */
export async function runInWorker<Output>(
  module: URL,
  input: unknown,
  signal: AbortSignal,
): Promise<Output> {
  signal.throwIfAborted();
  const worker = new Worker(module, { workerData: input });
  const { promise, resolve, reject } = Promise.withResolvers<Output>();
  const onAbort = () => reject(signal.reason);
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new Error(`the worker ended with code ${code}, no result`)));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
}
