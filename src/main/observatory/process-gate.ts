import type { Database } from '#db';
import type { LinkFactory } from '#devices';
import type { Clock } from '#platform';

/**
 * What stands for the life of a process where all agents share one: killed, whoever lives behind the
 * gate never gets an answer again and does nothing more; suspended, it waits and goes on later as if
 * no time had passed, like a process after SIGSTOP and SIGCONT.
 */
export class ProcessGate {
  #state: 'running' | 'suspended' | 'dead' = 'running';
  #goOn: (() => void)[] = [];
  /** By how much the wall clock of this process is wrong, milliseconds. */
  #shiftMs = 0;

  get isRunning(): boolean {
    return this.#state === 'running';
  }

  kill(): void {
    this.#state = 'dead';
    this.#goOn = [];
  }

  suspend(): void {
    if (this.#state === 'running') this.#state = 'suspended';
  }

  resume(): void {
    if (this.#state !== 'suspended') return;
    this.#state = 'running';
    for (const go of this.#goOn.splice(0)) go();
  }

  /** Sets the wall clock of this process wrong by so many seconds; what runs on goes on. */
  shiftClock(seconds: number): void {
    this.#shiftMs = seconds * 1000;
  }

  /** The clock as it is from inside: who sleeps does not wake while the gate is shut. */
  clock(inner: Clock): Clock {
    return {
      now: () => inner.now() + this.#shiftMs,
      monotonic: () => inner.monotonic(),
      rate: () => inner.rate(),
      allow: (seconds) => inner.allow(seconds),
      period: (seconds, shortest) => inner.period(seconds, shortest),
      sleep: (seconds, signal) => this.#through(() => inner.sleep(seconds, signal)),
    };
  }

  /** Links that carry nothing while the gate is shut. */
  links(inner: LinkFactory): LinkFactory {
    return (address, wire) => {
      const link = inner(address, wire);
      return {
        request: (text) => this.#through(() => link.request(text)),
        close: () => link.close(),
      };
    };
  }

  /** A database in which nothing is begun while the gate is shut; what was begun is committed. */
  database(inner: Database): Database {
    const transaction: Database['transaction'] = (work) =>
      this.#through(() => inner.transaction(work));
    return new Proxy(inner, {
      get: (target, name) => {
        if (name === 'transaction') return transaction;
        const value = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }

  async #through<T>(work: () => Promise<T>): Promise<T> {
    await this.#open();
    try {
      return await work();
    } finally {
      await this.#open();
    }
  }

  #open(): Promise<void> {
    if (this.#state === 'running') return Promise.resolve();
    return new Promise((resolve) => {
      if (this.#state === 'suspended') this.#goOn.push(resolve);
    });
  }
}
