import type { Fact, FactPayloads, FactType } from '#agent';
import { altAz, normalizeSignedDeg, type RaDec } from '#sky';
import type { Channel, Unit } from '#unit';
import type { FullNight } from './full-night.ts';

/** Where the seconds of the dark hours went. */
export interface OpenShutter {
  readonly darkSeconds: number;
  readonly exposingSeconds: number;
  /** What the simulators needed by their own figures for what was done. */
  readonly neededSeconds: {
    readonly slews: number;
    readonly readouts: number;
    readonly filters: number;
  };
  readonly images: number;
  readonly sequences: number;
  /** The longest stretches between two exposures beyond what was needed, seconds, with their instant. */
  readonly gaps: readonly { readonly at: string; readonly seconds: number }[];
}

type FactOf<T extends FactType> = Extract<Fact, { type: T }> & { payload: FactPayloads[T] };

function all<T extends FactType>(facts: readonly Fact[], type: T): FactOf<T>[] {
  return facts.filter((fact): fact is FactOf<T> => fact.type === type);
}

/** Looks at the first channel of the unit, which all sequences use. */
export function openShutter(unit: Unit, { hours, facts }: FullNight): OpenShutter {
  const [channel] = unit.channels;
  if (!channel) throw new RangeError('a unit has one channel at least');
  const { startMs, endMs } = hours.dark;
  const spans = all(facts, 'ImageTaken')
    .map(({ payload }) => {
      const fromMs = Date.parse(payload.startAt);
      return { fromMs, toMs: fromMs + payload.seconds * 1000, ...payload };
    })
    .filter(({ fromMs, toMs }) => toMs > startMs && fromMs < endMs);
  const inDark = ({ fromMs, toMs }: { fromMs: number; toMs: number }) =>
    Math.max(0, Math.min(toMs, endMs) - Math.max(fromMs, startMs)) / 1000;
  const slews = all(facts, 'SlewStarted').filter(({ at }) => isWithin(at, hours.dark));
  const needed = neededOf(unit, { channel, spans, slews });
  return {
    darkSeconds: (endMs - startMs) / 1000,
    exposingSeconds: spans.reduce((sum, span) => sum + inDark(span), 0),
    neededSeconds: needed,
    images: spans.length,
    sequences: slews.length,
    gaps: gapsOf(spans, channel),
  };
}

function isWithin(at: string, { startMs, endMs }: { startMs: number; endMs: number }): boolean {
  return Date.parse(at) >= startMs && Date.parse(at) < endMs;
}

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly filter: string;
  readonly sequenceId: number;
}

function neededOf(
  unit: Unit,
  parts: { channel: Channel; spans: readonly Span[]; slews: readonly FactOf<'SlewStarted'>[] },
) {
  const { channel, spans, slews } = parts;
  const changes = spans.filter(({ filter, sequenceId }, i) => {
    const before = spans[i - 1];
    return before?.sequenceId === sequenceId && before.filter !== filter;
  });
  const ways = slews.slice(1).map((slew, i) => {
    const from = slews[i]?.payload;
    return from ? slewSeconds(unit, { from, to: slew.payload, ms: Date.parse(slew.at) }) : 0;
  });
  return {
    slews: ways.reduce((sum, each) => sum + each, 0),
    readouts: spans.length * channel.detector.readoutSeconds,
    filters: changes.length * channel.wheelSeconds,
  };
}

/** The longer of the two axes of the mount, and the dome, by the figures of the unit file. */
function slewSeconds(
  { mounts, dome, site }: Unit,
  { from, to, ms }: { from: RaDec; to: RaDec; ms: number },
): number {
  const [mount] = mounts;
  if (!mount) throw new RangeError('a unit has one mount at least');
  const [a, b] = [altAz(from, site, ms), altAz(to, site, ms)];
  const azDeg = Math.abs(normalizeSignedDeg(b.azDeg - a.azDeg));
  const { slewDegPerSecond: speed, slewAccelDegPerSecond2: acceleration } = mount;
  const axis = (deg: number) =>
    deg >= speed ** 2 / acceleration
      ? deg / speed + speed / acceleration
      : 2 * Math.sqrt(deg / acceleration);
  const slit = Math.max(0, azDeg - dome.slitToleranceDeg) / dome.turnDegPerSecond;
  return Math.max(axis(azDeg), axis(Math.abs(b.altDeg - a.altDeg)), slit) + mount.settleSeconds;
}

function gapsOf(spans: readonly Span[], { detector }: Channel): OpenShutter['gaps'] {
  const gaps = spans.slice(1).map((span, i) => {
    const beforeMs = spans[i]?.toMs ?? span.fromMs;
    const seconds = (span.fromMs - beforeMs) / 1000 - detector.readoutSeconds;
    return { at: new Date(beforeMs).toISOString(), seconds: Math.round(seconds * 10) / 10 };
  });
  return gaps.toSorted((a, b) => b.seconds - a.seconds).slice(0, 10);
}
