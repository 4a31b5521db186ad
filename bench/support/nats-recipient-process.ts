/** What the agent is for PyROS, for NATS: evaluates what it is asked, in a process of its own. */
import { evaluate, parseCommandText } from '#agent';
import { RECIPIENT } from './courier.ts';
import { NatsClient } from './nats-client.ts';

process.on('disconnect', () => process.exit());
const client = await NatsClient.connect(Number(process.argv[2]), 'recipient');
client.subscribe(RECIPIENT, ({ text, replyTo }) => {
  const reading = parseCommandText(text);
  client.publish(replyTo, reading.ok ? answerTo(String(reading.order.payload)) : reading.error);
});
// What was said before is done once this is answered.
await client.request(RECIPIENT, 'eval 1');
process.send?.({ ready: true });

function answerTo(expression: string): string {
  const outcome = evaluate(expression);
  return outcome.ok ? outcome.text : outcome.error;
}
