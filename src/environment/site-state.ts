import { OBSERVATORY_DEVICE, type PlcDevice } from '#devices';

/** What the PLC says of the observatory itself. Null: not known. */
export interface SiteReadings {
  readonly mode: 'off' | 'manu' | 'auto' | null;
  readonly nightAck: boolean | null;
  readonly bypass: boolean | null;
  readonly intrusion: boolean | null;
  readonly emergencyStop: boolean | null;
  readonly ups: 'ok' | 'battery' | 'low' | null;
  readonly doors: 'open' | 'closed' | null;
  readonly lights: 'on' | 'off' | null;
}

/** What the observatory's own device says; all null when it is missing, twice there or not valid. */
export function siteReadings(devices: readonly PlcDevice[]): SiteReadings {
  const named = devices.filter((one) => one.name === OBSERVATORY_DEVICE);
  const [device] = named;
  const isValid = named.length === 1 && device?.valid === 'yes';
  const value = (name: string) => {
    const given = isValid ? device.values.filter((one) => one.name === name) : [];
    return given.length === 1 ? given[0]?.value : undefined;
  };
  const flag = (name: string) => {
    const raw = value(name);
    return raw === 1 ? true : raw === 0 ? false : null;
  };
  const word = <T extends string>(name: string, known: readonly T[]): T | null =>
    known.find((one) => one === value(name)) ?? null;
  return {
    mode: word('Mode', ['off', 'manu', 'auto']),
    nightAck: flag('NightAck'),
    bypass: flag('Bypass'),
    intrusion: flag('Intrusion'),
    emergencyStop: flag('EmergencyStop'),
    ups: word('Ups', ['ok', 'battery', 'low']),
    doors: word('Doors', ['open', 'closed']),
    lights: word('Lights', ['on', 'off']),
  };
}

/** A frame without a word on the observatory. */
export const NOTHING_SAID: SiteReadings = siteReadings([]);

/** An alarm that only a person on site ends: by turning the PLC's key away from auto and back. */
export interface Latch {
  readonly sinceMono: number;
  /** The key was seen off or manu since the alarm. */
  readonly turned: boolean;
}

export type LatchKey = 'intrusion' | 'emergency stop';
export type Latches = Readonly<Partial<Record<LatchKey, Latch>>>;

/** Takes in what the PLC says now (hazard F23: local reset only). */
export function nextLatches(before: Latches, site: SiteReadings, atMono: number): Latches {
  const flags = { intrusion: site.intrusion, 'emergency stop': site.emergencyStop } as const;
  const latches: Partial<Record<LatchKey, Latch>> = {};
  for (const key of ['intrusion', 'emergency stop'] as const) {
    const latch = nextLatch(before[key], { flag: flags[key], mode: site.mode, atMono });
    if (latch) latches[key] = latch;
  }
  return latches;
}

function nextLatch(
  last: Latch | undefined,
  now: { flag: boolean | null; mode: SiteReadings['mode']; atMono: number },
): Latch | null {
  const latch = last ?? (now.flag === true ? { sinceMono: now.atMono, turned: false } : null);
  if (!latch || now.mode === null) return latch;
  if (now.mode !== 'auto') return { ...latch, turned: true };
  if (!latch.turned) return latch;
  // Back in auto: over, unless the alarm still stands; then the key must be turned once more.
  return now.flag === false ? null : { ...latch, turned: false };
}

/**
 * Since when the PLC shows a bypass; null: it does not. While it is not known, an old one goes on
 * ageing: a frame without a word must not give it a new life.
 */
export function nextBypassMono(
  sinceMono: number | null,
  shown: boolean | null,
  atMono: number,
): number | null {
  if (shown === null) return sinceMono;
  return shown ? (sinceMono ?? atMono) : null;
}
