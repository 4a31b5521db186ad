import type { Transaction } from '#db';
import type { Clock } from '#platform';
import { insertCommand } from './command-store.ts';
import { appendFact } from './fact-store.ts';
import type { FactPayloads, FactType } from './fact-vocabulary.ts';

/** A transaction that also tells facts, in the agent's name. */
export interface Work extends Transaction {
  fact<T extends FactType>(type: T, payload: FactPayloads[T]): Promise<void>;
  /**
   * Sends a command, as part of this transaction, to an agent by its exact alias, and gives its
   * number; its recipient is woken at the end of the transaction.
   */
  send(recipient: string, order: Order): Promise<number>;
}

/** What a command asks. */
export interface Order {
  readonly name: string;
  readonly payload: unknown;
  /** If it was not started after this, it is void. */
  readonly validitySeconds: number;
  /** Not ended so long after its start or its last progress, its sender gives it up; 0: never. */
  readonly timeoutSeconds?: number;
}

/** A transaction in the name of an agent, at the time of its clock. */
export function workOf(transaction: Transaction, by: { name: string; clock: Clock }): Work {
  return {
    ...transaction,
    fact: (type, payload) =>
      appendFact(transaction, { atMs: by.clock.now(), agent: by.name, type, payload }),
    send: (recipient, order) => {
      const atMs = by.clock.now();
      return insertCommand(transaction, { sender: by.name, recipient, ...order, atMs });
    },
  };
}
