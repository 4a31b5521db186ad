import { expect, test } from 'vitest';
import { VirtualClock } from '#platform';
import { smallUnit } from '../virtual-simulators.ts';
import type { IndiClient } from './indi-client.ts';
import { IndiDome } from './indi-dome-driver.ts';
import type { IndiMessage } from './indi-message.ts';
import { PropertyStore } from './property-store.ts';

const NAME = 'Dome';

/** A driver that shows every switch it is told, and nothing more. */
class ObedientDriver {
  readonly properties = new PropertyStore();
  readonly isConnected = true;
  isStopped = false;
  readonly sent: string[] = [];
  readonly #clock: VirtualClock;
  readonly #listeners = new Set<(message: IndiMessage | null) => unknown>();

  constructor(clock: VirtualClock, switches: Record<string, Record<string, boolean>>) {
    this.#clock = clock;
    for (const [name, values] of Object.entries(switches)) this.#show('def', name, values);
    const members = new Map([
      ['DOME_ABSOLUTE_POSITION', { value: 0, label: '', min: 0, max: 360 }],
    ]);
    const vector = { device: NAME, name: 'ABS_DOME_POSITION', state: 'Ok', members } as const;
    this.properties.apply({ kind: 'def', vector: { ...vector, kind: 'number' } });
  }

  stop(): void {
    this.isStopped = true;
    for (const listener of this.#listeners) listener(null);
  }

  listen(listener: (message: IndiMessage | null) => unknown): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  lastWord() {
    return { text: '', count: 0 };
  }

  send(text: string): void {
    this.sent.push(text);
    const name = /name="(\w+)"/.exec(text)?.[1] ?? '';
    const asked = [...text.matchAll(/<oneSwitch name="(\w+)">\s*(On|Off)/g)];
    this.#show('set', name, Object.fromEntries(asked.map(([, who, how]) => [who, how === 'On'])));
  }

  async until(wish: () => boolean, seconds: number): Promise<boolean> {
    const done = new AbortController();
    if (wish()) return true;
    const forget = this.listen(() => (wish() || this.isStopped) && done.abort());
    await this.#clock.sleep(seconds, done.signal).catch(() => undefined);
    forget();
    return wish();
  }

  #show(kind: 'def' | 'set', name: string, values: Record<string, boolean>): void {
    const members = new Map(
      Object.entries(values).map(([member, value]) => [member, { value, label: '' }]),
    );
    const vector = { kind: 'switch', device: NAME, name, state: 'Ok', members } as const;
    const message: IndiMessage = { kind, vector, message: '' } as IndiMessage;
    this.properties.apply(message);
    for (const listener of this.#listeners) listener(message);
  }
}

test('a dome that would open its shutter as it is unparked is told not to before that', async () => {
  const clock = new VirtualClock(0);
  const driver = new ObedientDriver(clock, {
    CONNECTION: { CONNECT: true, DISCONNECT: false },
    DOME_SHUTTER: { SHUTTER_OPEN: false, SHUTTER_CLOSE: true },
    DOME_SHUTTER_PARK_POLICY: { SHUTTER_CLOSE_ON_PARK: false, SHUTTER_OPEN_ON_UNPARK: true },
    DOME_PARK: { PARK: true, UNPARK: false },
  });
  const client = driver as unknown as IndiClient;
  const spec = { ...smallUnit().dome, control: 'full' as const };
  const dome = new IndiDome(NAME, spec, { client, clock, log: () => undefined });
  await clock.run(20_000);
  const of = (what: string) => driver.sent.findIndex((text) => text.includes(what));
  expect(driver.properties.isOn(NAME, 'DOME_SHUTTER_PARK_POLICY', 'SHUTTER_OPEN_ON_UNPARK')).toBe(
    false,
  );
  expect(of('UNPARK">On')).toBeGreaterThan(of('SHUTTER_OPEN_ON_UNPARK'));
  await dome.disconnect();
});
