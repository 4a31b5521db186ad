import type { PlcSpec } from '#unit';
import { type Cause, instantOf, type Moment } from './cause.ts';
import type { SafetyMemory } from './safety-memory.ts';
import { type LatchKey, NOTHING_SAID, type SiteReadings } from './site-state.ts';

const SENTENCES: Readonly<Record<LatchKey, string>> = {
  intrusion: 'Somebody is in the observatory',
  'emergency stop': 'The emergency stop is pressed',
};

/**
 * An alarm that stands, or is latched, under which nothing may move but the shutter, which closes (hazard
 * F23). One of which nothing is known is no alarm: a roof may have to be cleared for the rain.
 */
export function freezes({ key, sentence }: Pick<Cause, 'key' | 'sentence'>): boolean {
  const alarm = Object.entries(SENTENCES).find(([name]) => name === key);
  return alarm !== undefined && sentence.startsWith(alarm[1]);
}

/** What the PLC says against opening, the weather apart. What is not known is not OK (hazard I3). */
export function siteCauses(
  memory: SafetyMemory,
  spec: PlcSpec,
  { now, isLost }: { now: Moment; isLost: boolean },
): Cause[] {
  const found = [
    ...latched(memory),
    ...(isLost ? [] : standing(memory.site ?? NOTHING_SAID, spec)),
  ];
  const once = found.filter((one, i) => found.findIndex(({ key }) => key === one.key) === i);
  return once.map((one) => {
    const sinceMono = memory.troubles[one.key]?.sinceMono ?? now.atMono;
    const since = memory.latches[one.key as LatchKey]?.sinceMono ?? sinceMono;
    return { ...one, sinceMs: instantOf(now, since), earliestEndMs: null };
  });
}

type Found = Pick<Cause, 'key' | 'kind' | 'sentence'>;

function latched({ latches, site }: SafetyMemory): Found[] {
  const flags = { intrusion: site?.intrusion, 'emergency stop': site?.emergencyStop };
  return (['intrusion', 'emergency stop'] as const).flatMap((key) => {
    if (!latches[key]) return [];
    const over = flags[key] === false ? ': over, but the key must be turned off auto and back' : '';
    return [{ key, kind: 'site' as const, sentence: `${SENTENCES[key]}${over}` }];
  });
}

function standing(site: SiteReadings, spec: PlcSpec): Found[] {
  const unknown = (key: string, kind: Cause['kind'], value: unknown): Found[] =>
    value === null ? [{ key, kind, sentence: `${key} is unknown` }] : [];
  const wrong = (isWrong: boolean, found: Found): Found[] => (isWrong ? [found] : []);
  const needs = (name: 'doors' | 'lights') => spec.required.includes(name);
  return [
    ...unknown('intrusion', 'site', site.intrusion),
    ...unknown('emergency stop', 'site', site.emergencyStop),
    ...unknown('UPS', 'hardware', site.ups),
    ...unknown('mode', 'site', site.mode),
    ...wrong(site.ups === 'battery', {
      key: 'UPS',
      kind: 'hardware',
      sentence: 'The UPS is on battery',
    }),
    ...wrong(site.ups === 'low', {
      key: 'UPS',
      kind: 'hardware',
      sentence: 'The UPS is on low battery',
    }),
    ...wrong(site.doors === 'open', { key: 'doors', kind: 'site', sentence: 'A door is open' }),
    ...wrong(site.lights === 'on', { key: 'lights', kind: 'site', sentence: 'The lights are on' }),
    ...(needs('doors') ? unknown('doors', 'site', site.doors) : []),
    ...(needs('lights') ? unknown('lights', 'site', site.lights) : []),
  ];
}
