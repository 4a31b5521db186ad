import type { Fact } from '#agent';
import { parseIso } from '#platform';

/** Seconds of the dark, each counted once. */
export interface DarkAccounting {
  readonly darkSeconds: number;
  /** At least one shutter was open. */
  readonly exposing: number;
  /** A sequence was under way, or the dome was moving for one, and no shutter was open. */
  readonly overhead: readonly { readonly kind: string; readonly seconds: number }[];
  /** Something stood against observing; of several, what the mode looks at first. */
  readonly paused: readonly {
    readonly kind: string;
    readonly key: string;
    readonly seconds: number;
  }[];
  /** Ready, dome open, and no sequence whose turn it was. */
  readonly nothing: number;
  /** Nobody told why nothing was done: must be 0. */
  readonly unexplained: number;
}

/** A stretch of time, UTC ms. */
interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

interface Named extends Stretch {
  readonly name: string;
}

export interface AccountingInputs {
  /** Facts of the night, oldest first. */
  readonly facts: readonly Fact[];
  readonly images: readonly { readonly start_at: string; readonly seconds: number }[];
  readonly dark: { readonly startMs: number; readonly endMs: number } | null;
}

/** A sequence that begins so soon after another was only waiting for it to end, ms. */
const HAND_OVER_MS = 15_000;

/** The facts after which a state holds, and those that end it. */
type Bounds = (fact: Fact) => string | false | null;

/**
 * Where the dark of a night went, by what was told: each instant has the first of exposing, overhead of
 * a sequence, pause, moving dome, nothing to observe; what is left is unexplained.
 */
export function darkAccounting(inputs: AccountingInputs): DarkAccounting {
  const { facts, dark } = inputs;
  const totals = new Map<string, number>();
  if (dark) {
    const end = { endMs: dark.endMs };
    const layers = [
      exposures(inputs),
      measured(facts),
      states(facts, slewing, end),
      states(facts, sequence, end),
      handOvers(facts),
      states(facts, pause, end),
      states(facts, dome, end),
      states(facts, ready, end),
      notYetStarted(facts, dark),
    ];
    for (const { fromMs, toMs } of pieces(layers, dark)) {
      const holds = ({ fromMs: a, toMs: b }: Named) => a <= fromMs && toMs <= b;
      const name = layers.map((layer) => layer.find(holds)?.name).find((one) => one !== undefined);
      const word = name ?? 'unexplained';
      totals.set(word, (totals.get(word) ?? 0) + toMs - fromMs);
    }
  }
  return summary(totals, dark ? (dark.endMs - dark.startMs) / 1000 : 0);
}

function summary(totals: ReadonlyMap<string, number>, darkSeconds: number): DarkAccounting {
  const seconds = (ms: number) => Math.round(ms / 100) / 10;
  const of = (word: string) => seconds(totals.get(word) ?? 0);
  const those = (prefix: string) =>
    [...totals].flatMap(([word, ms]) =>
      word.startsWith(`${prefix} `) ? [{ word: word.slice(prefix.length + 1), ms }] : [],
    );
  return {
    darkSeconds,
    exposing: of('exposing'),
    overhead: those('overhead').map(({ word, ms }) => ({ kind: word, seconds: seconds(ms) })),
    paused: those('paused').map(({ word, ms }) => {
      const [kind = '', key = ''] = word.split('\t');
      return { kind, key, seconds: seconds(ms) };
    }),
    nothing: of('nothing'),
    unexplained: of('unexplained'),
  };
}

function exposures({ facts, images }: AccountingInputs): Named[] {
  const name = 'exposing';
  const stored = images.map(({ start_at, seconds }) => {
    const fromMs = parseIso(start_at);
    return { name, fromMs, toMs: fromMs + seconds * 1000 };
  });
  const lost = facts.flatMap((fact) => {
    if (fact.type !== 'ExposureLost') return [];
    const { exposureId } = fact.payload;
    const start = facts.find(
      (one) => one.type === 'ExposureStarted' && one.payload.exposureId === exposureId,
    );
    if (start?.type !== 'ExposureStarted') return [];
    const fromMs = parseIso(start.at);
    const toMs = Math.min(parseIso(fact.at), fromMs + start.payload.seconds * 1000);
    return [{ name: 'overhead lost exposure', fromMs, toMs }];
  });
  return [...stored, ...lost];
}

/** What was measured ended when it was told. */
function measured(facts: readonly Fact[]): Named[] {
  return facts.flatMap((fact) => {
    if (fact.type !== 'OverheadMeasured') return [];
    const toMs = parseIso(fact.at);
    const { kind, seconds } = fact.payload;
    return [{ name: `overhead ${kind}`, fromMs: toMs - seconds * 1000, toMs }];
  });
}

const slewing: Bounds = ({ type }) => {
  if (type === 'SlewStarted') return 'overhead slew';
  return type === 'SlewEnded' || type === 'SequenceEnded' ? false : null;
};

const sequence: Bounds = ({ type }) => {
  if (type === 'SequenceStarted') return 'overhead between exposures';
  return type === 'SequenceEnded' || type === 'SequenceRefused' ? false : null;
};

const pause: Bounds = (fact) => {
  if (fact.type !== 'PausesChanged') return null;
  const [first] = fact.payload.pauses;
  return first ? `paused ${first.kind}\t${first.key}` : false;
};

/** It moves, and nothing stands against observing any more. */
const dome: Bounds = ({ type }) => {
  if (type === 'DomeOpening' || type === 'DomeClosing') return 'overhead dome';
  return type === 'DomeOpened' || type === 'DomeClosed' ? false : null;
};

/** Nothing stands against observing: no pause, and a dome that is open. */
const ready: Bounds = (fact) => {
  if (fact.type === 'DomeOpened') return 'nothing';
  return fact.type === 'DomeClosing' || fact.type === 'DomeClosed' ? false : null;
};

/** From the end of a sequence to the beginning of the next, where it follows at once. */
function handOvers(facts: readonly Fact[]): Named[] {
  const found: Named[] = [];
  let endedMs: number | null = null;
  for (const { type, at } of facts) {
    if (type === 'SequenceEnded') endedMs = parseIso(at);
    if (type !== 'SequenceStarted' || endedMs === null) continue;
    const toMs = parseIso(at);
    const isAtOnce = toMs - endedMs <= HAND_OVER_MS;
    if (isAtOnce) found.push({ name: 'overhead hand-over', fromMs: endedMs, toMs });
  }
  return found;
}

/** Stretches in which a state holds; one fact may end a state and begin the next. */
function states(facts: readonly Fact[], bounds: Bounds, { endMs }: { endMs: number }): Named[] {
  const found: Named[] = [];
  let open: { name: string; fromMs: number } | null = null;
  for (const fact of facts) {
    const name = bounds(fact);
    if (name === null) continue;
    const atMs = parseIso(fact.at);
    if (open) found.push({ ...open, toMs: atMs });
    open = name === false ? null : { name, fromMs: atMs };
  }
  if (open) found.push({ ...open, toMs: Math.max(endMs, open.fromMs) });
  return found;
}

/** Before the Majordome first told what stands against observing, it did not run. */
function notYetStarted(facts: readonly Fact[], dark: { startMs: number; endMs: number }): Named[] {
  const first = facts.find(({ type }) => type === 'PausesChanged');
  const toMs = first ? parseIso(first.at) : dark.endMs;
  return [{ name: 'paused person\tnot started', fromMs: dark.startMs, toMs }];
}

/** The dark, cut wherever any stretch begins or ends. */
function pieces(
  layers: readonly (readonly Named[])[],
  dark: { startMs: number; endMs: number },
): Stretch[] {
  const cuts = new Set([dark.startMs, dark.endMs]);
  for (const { fromMs, toMs } of layers.flat()) {
    for (const ms of [fromMs, toMs]) if (ms > dark.startMs && ms < dark.endMs) cuts.add(ms);
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(1).map((toMs, i) => ({ fromMs: sorted[i] ?? toMs, toMs }));
}
