import { hash32, seededRandom } from '#platform';
import type { SeasonInput, SeasonProgram, SeasonSequence } from './season.ts';

/** A setting that can be changed while weather, alerts and failures stay as they are. */
interface Change {
  readonly key: string;
  /** After the dot: `P1` of `quota.P1`; empty when there is none. */
  readonly of: string;
  readonly value: string;
}

export type WhatIfReading =
  | { readonly input: SeasonInput }
  | { readonly input: null; readonly fault: string };

/** What may be changed, for the sentences to people. */
export const whatIfKeys = 'quota, accept, minAlt, moonDistance, slew, slewAccel, setup';

type Changer = (input: SeasonInput, change: Change) => SeasonInput | string;

const changers: Readonly<Record<string, Changer>> = {
  quota: changeQuotas,
  accept,
  minAlt: constraint('minAltDeg', 0, 89),
  moonDistance: constraint('moonDistanceDeg', 0, 180),
  slew: transition('slewDegPerSecond'),
  slewAccel: transition('slewAccelDegPerSecond2'),
  setup: changeSetup,
};

/** The same season with settings changed, each written `key=value` or `key.NAME=value`. */
export function whatIf(input: SeasonInput, settings: readonly string[]): WhatIfReading {
  let changed = input;
  for (const setting of settings) {
    const [, key = '', of = '', value = ''] =
      /^([A-Za-z]+)(?:\.([^=]+))?=(.+)$/.exec(setting) ?? [];
    const changer = Object.hasOwn(changers, key) ? changers[key] : undefined;
    if (changer === undefined) {
      return { input: null, fault: `"${setting}" is no setting; there are ${whatIfKeys}` };
    }
    const answer = changer(changed, { key, of, value });
    if (typeof answer === 'string') return { input: null, fault: `${setting}: ${answer}` };
    changed = answer;
  }
  return { input: changed };
}

/** `quota=+10%`, `quota.P1=-20%`, `quota.P1=12h`, `quota.P1=3600` (seconds), `quota.P1=none`. */
function changeQuotas(input: SeasonInput, { of, value }: Change): SeasonInput | string {
  const names = input.programs.map(({ name }) => name);
  if (of !== '' && !names.includes(of)) return unknownProgram(of, names);
  const quotaOf = quotaChange(value);
  if (quotaOf === undefined) return 'write +20%, -20%, 12h, seconds or none';
  const changed = (program: SeasonProgram): SeasonProgram =>
    of === '' || program.name === of
      ? { ...program, quotaSeconds: quotaOf(program.quotaSeconds) }
      : program;
  return { ...input, programs: input.programs.map(changed) };
}

type QuotaOf = (quotaSeconds: number | null) => number | null;

function quotaChange(text: string): QuotaOf | undefined {
  if (text === 'none') return () => null;
  const [, sign, figure = '', unit] = /^([+-]?)(\d+(?:\.\d+)?)(%|h|s)?$/.exec(text) ?? [];
  if (figure === '') return undefined;
  const amount = Number(figure);
  if (unit === '%') {
    if (sign === '') return undefined;
    const factor = Math.max(0, 1 + (sign === '-' ? -amount : amount) / 100);
    return (quota) => (quota === null ? null : quota * factor);
  }
  const seconds = unit === 'h' ? amount * 3600 : amount;
  if (sign === '') return () => seconds;
  const more = sign === '-' ? -seconds : seconds;
  return (quota) => (quota === null ? null : Math.max(0, quota + more));
}

/**
 * `accept=0.8`, `accept.P1=0.5`: this share of the sequences. Who is in is decided by its id, so that
 * a smaller share is a part of a larger one.
 */
function accept(input: SeasonInput, { of, value }: Change): SeasonInput | string {
  const names = input.programs.map(({ name }) => name);
  if (of !== '' && !names.includes(of)) return unknownProgram(of, names);
  const share = Number(value);
  if (!(share >= 0 && share <= 1)) return 'write a share from 0 to 1';
  const isIn = ({ id, program }: SeasonSequence): boolean =>
    (of !== '' && program !== of) || drawOf(id) < share;
  return { ...input, sequences: input.sequences.filter(isIn) };
}

/** Uniform in [0, 1), by the id alone. */
function drawOf(id: number): number {
  return seededRandom(hash32(`accept/${id}`)).next();
}

function constraint(field: 'minAltDeg' | 'moonDistanceDeg', low: number, high: number): Changer {
  return (input, { of, value }) => {
    const degrees = Number(value);
    if (of !== '') return 'it holds for all programs';
    if (!(degrees >= low && degrees <= high)) return `write degrees from ${low} to ${high}`;
    return { ...input, constraints: { ...input.constraints, [field]: degrees } };
  };
}

function transition(field: 'slewDegPerSecond' | 'slewAccelDegPerSecond2'): Changer {
  return (input, { of, value }) => {
    const speed = Number(value);
    if (of !== '') return 'it holds for all programs';
    if (!(speed > 0 && speed <= 90)) return 'write a number above 0, at most 90';
    return { ...input, transition: { ...input.transition, [field]: speed } };
  };
}

/** `setup=10`: seconds on the target before each observation. */
function changeSetup(input: SeasonInput, { of, value }: Change): SeasonInput | string {
  const seconds = Number(value);
  if (of !== '') return 'it holds for all programs';
  if (!(seconds >= 0 && seconds <= 3600)) return 'write seconds from 0 to 3600';
  const changed = (sequence: SeasonSequence): SeasonSequence => ({
    ...sequence,
    setupSeconds: seconds,
    chargeSeconds: seconds + sequence.durationSeconds,
  });
  return { ...input, sequences: input.sequences.map(changed) };
}

function unknownProgram(name: string, names: readonly string[]): string {
  return `there is no program "${name}"; there are ${names.join(', ')}`;
}
