import { albumsSeconds, type ChannelTimes, type RequestDraft } from '#request';
import type { Notice, NoticeTarget, PositionKind } from './notice.ts';
import { fillTemplate, type StrategyObs } from './strategy.ts';

type RequestTerms = StrategyObs['request'];

/** What one strategy asks for on one burst. Instants are UTC milliseconds. */
export interface StrategyRequest {
  readonly strategy: string;
  readonly name: string;
  readonly program: string;
  readonly priority: number;
  readonly targetType: string;
  readonly interrupts: 'discard' | 'readout';
  readonly targetName: string;
  readonly target: NoticeTarget;
  readonly sequences: readonly StrategySequence[];
}

export interface StrategySequence {
  readonly name: string;
  readonly startMode: 'IMMEDIATE' | 'BESTELEV';
  /** Null: what the exposures take. */
  readonly durationSeconds: number | null;
  readonly windowStartMs: number;
  readonly windowEndMs: number;
  readonly albums: RequestTerms['sequences'][number]['albums'];
}

export type StrategyMatch =
  | { readonly matched: readonly StrategyRequest[] }
  | { readonly ignored: string };

/** A clock may be wrong by this much before an event "of the future" is distrusted. */
const FUTURE_TOLERANCE_MS = 300_000;

type PositionNotice = Extract<Notice, { kind: PositionKind }>;

/** What the strategies make of a notice at `now` (UTC ms), or why they make nothing of it. */
export function matchStrategies(
  notice: Notice,
  strategies: readonly StrategyObs[],
  now: number,
): StrategyMatch {
  if (notice.kind !== 'burst' && notice.kind !== 'refinement') return { ignored: notice.reason };
  const happened = notice.eventMs ?? notice.dateMs;
  if (Math.max(happened, notice.dateMs) > now + FUTURE_TOLERANCE_MS) {
    return { ignored: 'it is dated in the future' };
  }
  if (strategies.length === 0) return { ignored: 'no strategy is configured' };
  const matched: StrategyRequest[] = [];
  const reasons: string[] = [];
  for (const strategy of strategies) {
    const mismatch = mismatchOf(notice, strategy);
    const request = mismatch ? null : requestOf(notice, strategy, now);
    if (request) matched.push(request);
    else reasons.push(`${strategy.name}: ${mismatch ?? 'too late, every sequence has expired'}`);
  }
  return matched.length > 0 ? { matched } : { ignored: reasons.join('; ') };
}

/** The request of a strategy as the request room takes it; durations come from the channels. */
export function draftOf(request: StrategyRequest, channels: readonly ChannelTimes[]): RequestDraft {
  const { raDeg, decDeg } = request.target;
  return {
    name: request.name,
    program: request.program,
    targetType: request.targetType,
    isAlert: true,
    interrupts: request.interrupts,
    submitted: true,
    sequences: request.sequences.map(({ durationSeconds, albums, ...terms }) => {
      const named = albums.map((album) => ({
        name: album.channel,
        channel: album.channel,
        ...(album.ditherArcsec !== undefined && { ditherArcsec: album.ditherArcsec }),
        plans: album.plans.map((plan) => ({ name: plan.filter, ...plan })),
      }));
      return {
        ...terms,
        albums: named,
        priority: request.priority,
        tPreferedMs: null,
        durationSeconds: durationSeconds ?? albumsSeconds(named, channels),
        target: { name: request.targetName, raDeg, decDeg },
      };
    }),
  };
}

function mismatchOf(notice: PositionNotice, { match }: StrategyObs): string | null {
  const mission = notice.mission.toLowerCase();
  if (!match.missions.some((name) => name.toLowerCase() === mission)) {
    return `mission ${notice.mission} is not followed`;
  }
  if (!match.kinds.includes(notice.kind)) return `a ${notice.kind} is not followed`;
  if (notice.target.errorDeg > match.maxErrorDeg) {
    return `its place is ±${notice.target.errorDeg} degrees, more than ${match.maxErrorDeg}`;
  }
  const least = match.minImportance;
  if (least !== undefined && (notice.importance ?? -1) < least) {
    return `its importance is ${notice.importance ?? 'not told'}, ${least} is asked for`;
  }
  return null;
}

/** Null when every sequence has expired. */
function requestOf(
  notice: PositionNotice,
  { name: strategy, request }: StrategyObs,
  now: number,
): StrategyRequest | null {
  const values = {
    mission: notice.mission,
    instrument: notice.instrument,
    trigger: notice.trigger,
    name: notice.name ?? `${notice.mission} ${notice.trigger}`,
  };
  const happened = notice.eventMs ?? notice.dateMs;
  const sequences = request.sequences
    .map((sequence) => ({
      name: fillTemplate(sequence.name, values),
      startMode: sequence.startMode,
      durationSeconds: sequence.durationSeconds ?? null,
      windowStartMs: now,
      windowEndMs: happened + sequence.expiresAfterSeconds * 1000,
      albums: sequence.albums,
    }))
    .filter((sequence) => sequence.windowEndMs > now);
  if (sequences.length === 0) return null;
  return {
    strategy,
    name: fillTemplate(request.name, values),
    program: request.program,
    priority: request.priority,
    targetType: request.targetType,
    interrupts: request.interrupts,
    targetName: values.name,
    target: notice.target,
    sequences,
  };
}
