/** Counts the primes below a number in a thread of its own: something that takes a processor. */
import { parentPort, workerData } from 'node:worker_threads';

const below = workerData as number;
let primes = 0;
for (let n = 2; n < below; n++) {
  let isPrime = true;
  for (let d = 2; d * d <= n && isPrime; d++) isPrime = n % d !== 0;
  if (isPrime) primes++;
}
parentPort?.postMessage(primes);
