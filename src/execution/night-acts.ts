import type { Fact } from '#agent';
import { factsOf } from './fact-sentence.ts';

/** Who overruled the PLC or locked the observatory, when and why. */
export interface PersonAct {
  readonly at: string;
  readonly what: 'bypass' | 'end of bypass' | 'bypass failed' | 'lock' | 'unlock';
  readonly by: string;
  readonly reason: string;
}

export function bypassesOf(facts: readonly Fact[]): PersonAct[] {
  return facts.flatMap((fact): PersonAct[] => {
    if (fact.type === 'BypassFailed') {
      return [{ at: fact.at, what: 'bypass failed', ...fact.payload }];
    }
    if (fact.type !== 'BypassAsked') return [];
    const { on, by, reason } = fact.payload;
    return [{ at: fact.at, what: on ? 'bypass' : 'end of bypass', by, reason }];
  });
}

export function locksOf(facts: readonly Fact[]): PersonAct[] {
  return facts.flatMap((fact): PersonAct[] => {
    if (fact.type === 'ObservatoryLocked') return [{ at: fact.at, what: 'lock', ...fact.payload }];
    if (fact.type !== 'ObservatoryUnlocked') return [];
    return [{ at: fact.at, what: 'unlock', ...fact.payload }];
  });
}

/** One alarm of the night: told once or again and again. */
export interface AlarmLine {
  readonly key: string;
  readonly severity: string;
  readonly sentence: string;
  readonly at: string;
  readonly times: number;
}

/** Each alarm once, from its first to its clearing. */
export function alarmsOf(facts: readonly Fact[]): AlarmLine[] {
  const lines: AlarmLine[] = [];
  const open = new Map<string, number>();
  for (const fact of facts) {
    const { agent } = fact;
    if (fact.type === 'AlarmCleared') open.delete(`${agent} ${fact.payload.key}`);
    if (fact.type !== 'AlarmRaised') continue;
    const { key, severity, sentence } = fact.payload;
    const known = open.get(`${agent} ${key}`);
    const line = known === undefined ? undefined : lines[known];
    if (line && known !== undefined) {
      lines[known] = { ...line, severity, sentence, times: line.times + 1 };
      continue;
    }
    open.set(`${agent} ${key}`, lines.length);
    lines.push({ key, severity, sentence, at: fact.at, times: 1 });
  }
  return lines;
}

export interface CalibrationLine {
  readonly moment: string;
  readonly startAt: string;
  readonly images: number;
  readonly reason: string;
}

export function calibrationsOf(facts: readonly Fact[]): CalibrationLine[] {
  const ends = factsOf(facts, 'CalibrationsEnded');
  return factsOf(facts, 'CalibrationsStarted').map(({ id, at, payload: { moment } }, i, starts) => {
    const nextId = starts[i + 1]?.id ?? Number.POSITIVE_INFINITY;
    const end = ends.find((one) => one.id > id && one.id < nextId);
    const images = end?.payload.images ?? 0;
    return { moment, startAt: at, images, reason: end?.payload.reason ?? 'it never ended' };
  });
}
