import { Sender } from '#agent';
import { openDatabase } from '#db';
import { RealClock } from '#platform';
import { NatsClient } from './nats-client.ts';

/** Whoever takes a command to the recipient and comes back with its result. */
export interface Courier {
  /** Rejects when it did not end well. */
  ask(text: string): Promise<string>;
  close(): Promise<void>;
}

/** The one that all commands go to. */
export const RECIPIENT = 'AgentB';

/** `address`: that of a database, or `nats:PORT`. */
export async function courierTo(address: string, name: string): Promise<Courier> {
  return address.startsWith('nats:')
    ? await natsCourier(Number(address.slice('nats:'.length)), name)
    : await pyrosCourier(address, name);
}

async function pyrosCourier(databaseUrl: string, name: string): Promise<Courier> {
  const database = await openDatabase(databaseUrl);
  const sender = new Sender({ name, database, clock: new RealClock() });
  return {
    ask: async (text) => {
      const { state, result, errorText } = await (await sender.send(RECIPIENT, text)).ended();
      if (state !== 'EXECUTED') throw new Error(`${text}: ${state} ${errorText}`);
      return result;
    },
    close: () => database.close(),
  };
}

async function natsCourier(port: number, name: string): Promise<Courier> {
  const client = await NatsClient.connect(port, name);
  return {
    ask: (text) => client.request(RECIPIENT, text),
    close: async () => client.close(),
  };
}
