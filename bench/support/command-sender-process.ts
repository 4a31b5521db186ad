/** A sender in a process of its own, told by its parent what to send: see sender-crew.ts. */
import { courierTo } from './courier.ts';
import type { Round, RoundReport } from './sender-crew.ts';

const [address = '', name = ''] = process.argv.slice(2);
process.on('disconnect', () => process.exit());
const courier = await courierTo(address, name);
process.on('message', (message) => {
  void send(message as Round).then(
    (report) => process.send?.(report),
    (error: unknown) => process.send?.({ fault: String(error) }),
  );
});
process.send?.({ ready: true });

async function send(round: Round): Promise<RoundReport> {
  const { text, result, inFlight, commands, seconds } = round;
  const latenciesMs: number[] = [];
  let left = commands;
  const beganMs = performance.now();
  const lane = async () => {
    while (left > 0 && performance.now() - beganMs < seconds * 1000) {
      left -= 1;
      const askedMs = performance.now();
      const answer = await courier.ask(text);
      latenciesMs.push(performance.now() - askedMs);
      if (answer !== result) throw new Error(`"${text}" gave "${answer}"`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return { latenciesMs, beganMs: performance.timeOrigin + beganMs, endedMs: epochMs() };
}

function epochMs(): number {
  return performance.timeOrigin + performance.now();
}
