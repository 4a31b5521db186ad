import { z } from 'zod';
import { iso } from '#platform';
import { type ModeInputs, type ObservatoryMode, whyPassive } from './observatory-mode.ts';

export const PAUSE_KINDS = [
  'weather',
  'site',
  'hardware',
  'person',
  'daylight',
  'acknowledgement',
  'calibration',
] as const;
export type PauseKind = (typeof PAUSE_KINDS)[number];

const pauseSchema = z.object({
  kind: z.enum(PAUSE_KINDS),
  /** For programs, e.g. `rain`. */
  key: z.string(),
  sentence: z.string(),
  since: z.string(),
  /** It lasts at least so long, ISO-8601; null: nobody can tell. */
  earliestEnd: z.string().nullable(),
});

/** One reason why nothing is observed. Several may stand at once; each has its own life. */
export type Pause = z.infer<typeof pauseSchema>;

/** The same before it is known since when: instants are UTC ms. */
export interface Standing {
  readonly kind: PauseKind;
  readonly key: string;
  readonly sentence: string;
  readonly sinceMs?: number;
  readonly earliestEndMs?: number | null;
}

/** What stands against observing, beside the mode's own inputs. */
export interface PauseInputs extends ModeInputs {
  readonly mode: ObservatoryMode;
  /** What the env monitoring says, apart from each other. */
  readonly causes: readonly Standing[];
  readonly lock: { readonly by: string; readonly reason: string };
  readonly remoteBy: string;
  /** When the Sun will next be low enough, UTC ms; null: not within the coming day. */
  readonly nextDarkMs: number | null;
  /** What keeps an observatory that is ready from observing: dome, observer, an idle agent. */
  readonly trouble: readonly Standing[];
}

const one = (kind: PauseKind, key: string, sentence: string): readonly Standing[] => [
  { kind, key, sentence },
];

/**
 * Everything that stands against observing now, in the order in which the mode looks at it: the first
 * is the reason of the mode.
 */
export function standingPauses(inputs: PauseInputs): readonly Standing[] {
  if (inputs.mode === 'SHUTDOWN') return one('person', 'exit', 'asked to exit');
  return [
    ...passivePauses(inputs),
    ...(inputs.plcAlive && !inputs.safe ? inputs.causes : []),
    ...personPauses(inputs),
    ...(inputs.dark ? [] : daylight(inputs.nextDarkMs)),
    ...(inputs.acknowledged
      ? []
      : one('acknowledgement', 'acknowledgement', 'the night is not acknowledged')),
    ...inputs.trouble,
  ];
}

function daylight(earliestEndMs: number | null): readonly Standing[] {
  return [{ kind: 'daylight', key: 'daylight', sentence: 'daylight', earliestEndMs }];
}

function passivePauses(inputs: PauseInputs): readonly Standing[] {
  const why = whyPassive(inputs);
  if (why === null) return [];
  if (!inputs.plcAlive) return one('hardware', 'plc', why);
  return inputs.passiveAsked && inputs.plcMode === 'auto'
    ? one('person', 'passive', why)
    : one('person', 'plc mode', why);
}

function personPauses({ locked, lock, mode, remoteBy }: PauseInputs): readonly Standing[] {
  const why = lock.reason === '' ? '' : `: ${lock.reason}`;
  const locking = locked
    ? one('person', 'lock', `the observatory is locked by ${lock.by || 'somebody'}${why}`)
    : [];
  const remote =
    mode === 'REMOTE'
      ? one('person', 'remote', `${remoteBy || 'somebody'} works the devices by hand`)
      : [];
  return [...locking, ...remote];
}

/** A pause that goes on keeps its beginning. */
export function pausesSince(
  standing: readonly Standing[],
  before: readonly Pause[],
  nowMs: number,
): Pause[] {
  return standing.map(({ kind, key, sentence, sinceMs, earliestEndMs }) => {
    const known = before.find((pause) => pause.kind === kind && pause.key === key);
    const since = known?.since ?? iso(sinceMs ?? nowMs);
    const endMs = earliestEndMs ?? null;
    return { kind, key, sentence, since, earliestEnd: endMs === null ? null : iso(endMs) };
  });
}

/** Whether other pauses stand than before, whatever their figures. */
export function differsInKind(a: readonly Pause[], b: readonly Pause[]): boolean {
  const names = (pauses: readonly Pause[]) => JSON.stringify(pauses.map((p) => [p.kind, p.key]));
  return names(a) !== names(b);
}

/** The list in the observatory's row; empty when there is none that can be read. */
export function readPauses(text: string): Pause[] {
  try {
    return z.array(pauseSchema).parse(JSON.parse(text));
  } catch {
    return [];
  }
}
