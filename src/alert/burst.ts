import type { Notice, NoticeTarget } from './notice.ts';

/** One event of the sky as its successive notices tell it: what one alert of PyROS follows. */
export interface Burst {
  readonly mission: string;
  readonly trigger: string;
  readonly name: string | null;
  /** The best place so far. */
  readonly target: NoticeTarget;
  /** When the notice that gave this place was written. */
  readonly targetDateMs: number;
  /** When it happened: the earliest instant that a notice gave. */
  readonly eventMs: number | null;
  /** The notices that tell of it, in the order received. */
  readonly ivorns: readonly string[];
  /** Whether observations were requested for it. */
  readonly requested: boolean;
  readonly retracted: boolean;
}

/** What a notice does to a burst. `kept`: the burst is believed as before, its target stays. */
export type BurstChange =
  | { readonly change: 'new' | 'refined'; readonly burst: Burst }
  | { readonly change: 'kept' | 'retracted'; readonly burst: Burst; readonly reason: string }
  | { readonly change: 'none'; readonly reason: string };

/** Whether a notice tells of this burst: same mission and trigger, or it cites one of its notices. */
export function isAbout(notice: Notice, burst: Burst): boolean {
  if (notice.mission === burst.mission && notice.trigger === burst.trigger) return true;
  return notice.citations.some((citation) => burst.ivorns.includes(citation.ivorn));
}

/** Applies a notice to the burst it is about, or to none. Same inputs, same change. */
export function applyNotice(known: Burst | null, notice: Notice): BurstChange {
  if (known?.ivorns.includes(notice.ivorn)) return { change: 'none', reason: 'already received' };
  switch (notice.kind) {
    case 'burst':
    case 'refinement':
      return known ? refine(known, notice) : { change: 'new', burst: begin(notice) };
    case 'retraction':
    case 'not-a-burst':
    case 'catalogued':
      return withdraw(known, notice);
    default:
      return { change: 'none', reason: notice.reason };
  }
}

type PositionNotice = Extract<Notice, { kind: 'burst' | 'refinement' }>;

function begin(notice: PositionNotice): Burst {
  return {
    mission: notice.mission,
    trigger: notice.trigger,
    name: notice.name,
    target: notice.target,
    targetDateMs: notice.dateMs,
    eventMs: notice.eventMs,
    ivorns: [notice.ivorn],
    requested: false,
    retracted: false,
  };
}

function refine(known: Burst, notice: PositionNotice): BurstChange {
  const heard = hear(known, notice);
  if (known.retracted) return { change: 'kept', burst: heard, reason: 'it was retracted before' };
  if (!isBetter(known, notice)) {
    const [had, offered] = [known.target.errorDeg, notice.target.errorDeg];
    const reason = `a place ±${had} degrees is known, this one is ±${offered}`;
    return { change: 'kept', burst: heard, reason };
  }
  const burst = { ...heard, target: notice.target, targetDateMs: notice.dateMs };
  return { change: 'refined', burst };
}

/** A smaller error wins; between equals the later notice; what its own mission supersedes, always. */
function isBetter(known: Burst, notice: PositionNotice): boolean {
  const supersedes = notice.citations.some(
    (citation) => citation.cite === 'supersedes' && known.ivorns.includes(citation.ivorn),
  );
  if (supersedes && notice.mission === known.mission) return notice.dateMs >= known.targetDateMs;
  const [had, offered] = [known.target.errorDeg, notice.target.errorDeg];
  return offered < had || (offered === had && notice.dateMs > known.targetDateMs);
}

function withdraw(known: Burst | null, notice: Notice): BurstChange {
  if (!known) return { change: 'none', reason: notice.reason };
  if (notice.mission !== known.mission) {
    return { change: 'none', reason: `only ${known.mission} can withdraw its burst` };
  }
  const burst = { ...hear(known, notice), retracted: true };
  if (known.retracted) return { change: 'kept', burst, reason: 'it was retracted before' };
  return { change: 'retracted', burst, reason: notice.reason };
}

function hear(known: Burst, notice: Notice): Burst {
  const instants = [known.eventMs, notice.eventMs].filter((ms) => ms !== null);
  return {
    ...known,
    name: known.name ?? notice.name,
    eventMs: instants.length > 0 ? Math.min(...instants) : null,
    ivorns: [...known.ivorns, notice.ivorn],
  };
}
