/** One life of the sender or of the recipient: `node victim.ts ROLE DATABASE_URL DEVICE_PORT [WRITE WHEN]`. */
import type { AgentContext } from '#agent';
import { openDatabase } from '#db';
import { RealClock } from '#platform';
import { RECIPIENT, RecipientAgent, SENDER, SenderAgent } from './exchange.ts';
import { type Death, makeMortal } from './mortal.ts';

const [role, url = '', port, write, when] = process.argv.slice(2);
const database = await openDatabase(url);
const death: Death | null = write ? { write: Number(write), when: when as Death['when'] } : null;
makeMortal(database, death);
const say = (sentence: string) => void process.stderr.write(`${sentence}\n`);
const context: AgentContext = {
  name: role === 'sender' ? SENDER : RECIPIENT,
  clock: new RealClock(),
  database,
  pid: process.pid,
  log: { info: () => undefined, warn: say, error: say },
};
if (role === 'sender') {
  const agent = new SenderAgent(context);
  void agent.played.then(() => agent.stop());
  await agent.run();
} else {
  const agent = new RecipientAgent(context, Number(port));
  process.on('message', () => agent.stop());
  process.on('disconnect', () => agent.stop());
  await agent.run();
}
await database.close();
process.exit(0);
