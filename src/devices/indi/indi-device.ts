import { PyrosError, sentenceOf } from '#platform';
import type { IndiClient } from './indi-client.ts';
import { getProperties, type IndiOrder, type IndiVector, newVector } from './indi-message.ts';
import { impossibleOrder, showsValues } from './order-check.ts';

export interface IndiDeviceOptions {
  readonly client: IndiClient;
  /** As its driver names it, e.g. `Telescope Simulator`. */
  readonly name: string;
  /** Properties that it must have before anything is asked of it. */
  readonly needs: readonly string[];
  /** Tells it what it must know, each time it is connected. */
  readonly setUp?: (device: IndiDevice) => Promise<void>;
  /** What makes it harmless when it hangs with our order in its ears: it would obey when it wakes. */
  readonly rescue?: { readonly property: string; readonly order: IndiOrder };
  readonly log: (sentence: string) => void;
}

/**
 * How an order is known to be taken: the vector shows the `values`, became `busy` with it, or was
 * merely set again (`fresh`) without an alert.
 */
export type Proof = 'values' | 'busy' | 'fresh';

/** How long a driver may take to answer; agents wait 5 s for us. */
const ANSWER_SECONDS = 2.5;
const PROOF_SECONDS = 1;
const CONNECT_SECONDS = 10;
const RETRY_SECONDS = 2;
const LONG_SECONDS = 3600;
/** A server that leaves so many questions in a row unanswered gets a new connection. */
const MOST_UNANSWERED = 6;

/**
 * One device of an INDI server: connected, set up, and known to be alive. An order is followed by a
 * question, which the driver answers after it has dealt with the order: who gets no answer knows that
 * the driver hangs. Then everything is refused as `DEVICE_UNREACHABLE`, the rescue order waits in the
 * driver's ears behind ours, and all is read again once it answers.
 */
export class IndiDevice {
  readonly name: string;
  readonly #options: IndiDeviceOptions;
  #isReady = false;
  #isInDoubt = false;
  #trouble = 'has not answered yet';

  constructor(options: IndiDeviceOptions) {
    this.name = options.name;
    this.#options = options;
    void this.#live();
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Rejects with `DEVICE_UNREACHABLE` unless it is, or very soon becomes, ready for orders. */
  async ready(): Promise<void> {
    if (await this.#options.client.until(() => this.#isReady, PROOF_SECONDS)) return;
    throw this.#unreachable(this.#trouble);
  }

  /** Ready, and it answers; rejects with `DEVICE_UNREACHABLE`. */
  async alive(): Promise<void> {
    await this.ready();
    await this.#answered();
  }

  /**
   * Gives an order and waits until it is taken, not until it is done. Rejects with `DEVICE_REFUSED`
   * when it is impossible or not taken, with `DEVICE_UNREACHABLE` when there is no answer.
   */
  async order(property: string, order: IndiOrder, proof: Proof = 'values'): Promise<void> {
    await this.ready();
    await this.put(property, order, proof);
  }

  /** {@link order} for the set-up, before the device counts as ready. */
  async put(property: string, order: IndiOrder, proof: Proof = 'values'): Promise<void> {
    const { client } = this.#options;
    const vector = this.vector(property);
    if (!vector) throw this.#refused(`It has no ${property}.`);
    const impossible = impossibleOrder(vector, order);
    if (impossible !== undefined) throw this.#refused(impossible);
    const words = client.lastWord(this.name).count;
    const witness = this.#watch(property, order, proof);
    try {
      this.#send(property, order);
      await this.#answered();
      if (await client.until(witness.isTaken, PROOF_SECONDS)) return;
    } finally {
      witness.forget();
    }
    const { text, count } = client.lastWord(this.name);
    throw this.#refused(count > words ? text : `It did not take ${property}.`);
  }

  /** An order that is sent whatever is known of the device; nobody waits for its effect. */
  insist(property: string, order: IndiOrder): void {
    if (this.#options.client.isConnected) this.#send(property, order);
  }

  vector(property: string): IndiVector | undefined {
    return this.#options.client.properties.get(this.name, property);
  }

  has(property: string): boolean {
    return this.vector(property) !== undefined;
  }

  isBusy(property: string): boolean {
    return this.vector(property)?.state === 'Busy';
  }

  isAlert(property: string): boolean {
    return this.vector(property)?.state === 'Alert';
  }

  number(property: string, member: string): number | undefined {
    return this.#options.client.properties.number(this.name, property, member);
  }

  isOn(property: string, member: string): boolean {
    return this.#options.client.properties.isOn(this.name, property, member) ?? false;
  }

  /** Waits until it is so, looking again at each message. */
  until(wish: () => boolean, seconds: number): Promise<boolean> {
    return this.#options.client.until(wish, seconds);
  }

  #watch(property: string, order: IndiOrder, proof: Proof) {
    const { client } = this.#options;
    const before = client.properties.changes(this.name, property);
    let wasBusy = false;
    const forget = client.listen((message) => {
      if (message?.kind !== 'set' && message?.kind !== 'def') return;
      const { device, name, state } = message.vector;
      if (device === this.name && name === property && state === 'Busy') wasBusy = true;
    });
    const isTaken = () => {
      const vector = this.vector(property);
      if (proof === 'busy') return wasBusy;
      if (!vector || client.properties.changes(this.name, property) === before) return false;
      return vector.state !== 'Alert' && (proof === 'fresh' || showsValues(vector, order));
    };
    return { isTaken, forget };
  }

  #send(property: string, order: IndiOrder): void {
    this.#options.client.send(newVector(this.name, property, order));
  }

  /** Asks and waits for the answer; who does not answer is in doubt from then on. */
  async #answered(): Promise<void> {
    if (await this.#ask()) return;
    this.#doubt();
    throw this.#unreachable(`gave no answer within ${ANSWER_SECONDS} s`);
  }

  async #ask(): Promise<boolean> {
    const { client } = this.#options;
    const before = client.properties.changes(this.name, 'CONNECTION');
    client.send(getProperties(this.name, 'CONNECTION'));
    const isAnswered = () => client.properties.changes(this.name, 'CONNECTION') > before;
    return await client.until(isAnswered, ANSWER_SECONDS);
  }

  #doubt(): void {
    if (this.#isInDoubt) return;
    const { rescue, log } = this.#options;
    this.#isInDoubt = true;
    this.#isReady = false;
    this.#trouble = 'does not answer';
    log(`${this.name} does not answer: nothing is asked of it until it does.`);
    if (rescue) this.insist(rescue.property, rescue.order);
  }

  async #live(): Promise<void> {
    const { client, log } = this.#options;
    while (!client.isStopped) {
      this.#isReady = false;
      try {
        await this.#prepare();
        this.#isReady = true;
        log(`${this.name} is ready.`);
      } catch (error) {
        this.#trouble = `is not ready: ${sentenceOf(error)}`;
        await client.until(() => false, RETRY_SECONDS);
        continue;
      }
      while (this.#isUp() && !client.isStopped) {
        await client.until(() => !this.#isUp(), LONG_SECONDS);
      }
      if (!this.#isInDoubt && !client.isStopped) log(`${this.name} is gone.`);
    }
  }

  #isUp(): boolean {
    return !this.#isInDoubt && this.isOn('CONNECTION', 'CONNECT');
  }

  /** From nothing, or from doubt, to a device that can be given orders. */
  async #prepare(): Promise<void> {
    const { client, needs, setUp } = this.#options;
    await this.#known();
    if (this.#isInDoubt) await this.#clearDoubt();
    if (!this.isOn('CONNECTION', 'CONNECT')) {
      this.#send('CONNECTION', { kind: 'switch', values: { CONNECT: true } });
      const isConnected = () => this.isOn('CONNECTION', 'CONNECT') && !this.isBusy('CONNECTION');
      if (!(await client.until(isConnected, CONNECT_SECONDS))) {
        throw this.#unreachable(`does not connect: ${client.lastWord(this.name).text}`);
      }
    }
    const isComplete = () => needs.every((property) => this.has(property));
    if (!(await client.until(isComplete, CONNECT_SECONDS))) {
      const missing = needs.filter((property) => !this.has(property));
      throw this.#unreachable(`lacks ${missing.join(', ')}`);
    }
    await setUp?.(this);
  }

  async #known(): Promise<void> {
    const { client } = this.#options;
    for (let times = 0; !this.has('CONNECTION'); times++) {
      if (await client.until(() => this.has('CONNECTION'), CONNECT_SECONDS)) return;
      if (!client.isConnected)
        throw this.#unreachable('cannot be reached: no INDI server is there');
      if (times >= MOST_UNANSWERED) client.drop('does not answer');
      else client.send(getProperties(this.name));
    }
  }

  /** It answers again: what it was told meanwhile is undone, and everything is read anew. */
  async #clearDoubt(): Promise<void> {
    const { client, rescue, log } = this.#options;
    for (let times = 1; !(await this.#ask()); times++) {
      if (times >= MOST_UNANSWERED) client.drop('does not answer');
      if (client.isStopped || !client.isConnected) throw this.#unreachable('does not answer');
    }
    if (rescue) this.insist(rescue.property, rescue.order);
    client.send(getProperties(this.name));
    if (!(await this.#ask())) throw this.#unreachable('does not answer');
    this.#isInDoubt = false;
    log(`${this.name} answers again.`);
  }

  #refused(sentence: string): PyrosError {
    return new PyrosError('DEVICE_REFUSED', `${this.name}: ${sentence}`);
  }

  #unreachable(why: string): PyrosError {
    return new PyrosError('DEVICE_UNREACHABLE', `${this.name} ${why}.`, {
      remedy: 'Check that its INDI driver runs, and its name in the unit file.',
    });
  }
}

/** An order that puts one switch on. */
export function switchOn(member: string): IndiOrder {
  return { kind: 'switch', values: { [member]: true } };
}

/** An order that sets numbers. */
export function setNumbers(values: Readonly<Record<string, number>>): IndiOrder {
  return { kind: 'number', values };
}
