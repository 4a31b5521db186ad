import { observatoryView } from '#execution';
import { isFreshWord } from './fresh-word.ts';
import type { ObservatoryPage, ObservatoryValue } from './observatory-page.ts';
import type { ObservatorySources } from './observatory-sources.ts';
import { reasonList } from './reason-list.ts';

/** Raw, bypass, lock and effective state: four values, never one. */
export function fourValues(sources: ObservatorySources): ObservatoryPage['values'] {
  return {
    raw: rawValue(sources),
    bypass: bypassValue(sources),
    lock: lockValue(sources),
    effective: effectiveValue(sources),
  };
}

const UNKNOWN = { tone: 'unknown', word: 'UNKNOWN' } as const;

function rawValue(sources: ObservatorySources): ObservatoryValue {
  const { safety } = sources;
  const at = safety?.frame_at || null;
  if (!safety) return { ...UNKNOWN, lines: ['Nothing is known yet'], at };
  if (!isFreshWord(safety.updated, sources))
    return { ...UNKNOWN, lines: ['The last word is too old'], at };
  if (safety.raw_safe === 1) {
    return { tone: 'good', word: 'SAFE', lines: ['Every limit is kept'], at };
  }
  return { tone: 'bad', word: 'UNSAFE', lines: reasonList(sentences(safety.causes)), at };
}

/** What the PLC shows, and what a person asked for. */
function bypassValue(sources: ObservatorySources): ObservatoryValue {
  const { safety, observatory } = sources;
  const at = safety?.frame_at || null;
  const asked = observatory?.bypass === 1;
  const who = asked ? [`${observatory.bypass_by}: ${observatory.bypass_reason}`] : [];
  const until =
    asked && observatory.bypass_until ? [`until ${clock(observatory.bypass_until)}`] : [];
  if (!safety || !isFreshWord(safety.updated, sources)) return { ...UNKNOWN, lines: who, at };
  if (safety.bypass === 0) {
    if (asked)
      return {
        tone: 'warning',
        word: 'ASKED',
        lines: ['The PLC does not show it yet', ...who],
        at,
      };
    return { tone: 'quiet', word: 'OFF', lines: ['The PLC’s word counts'], at };
  }
  if (safety.bypass_state === 'void') {
    return {
      tone: 'bad',
      word: 'VOID',
      lines: ['Expired, or over a cause that nobody may overrule', ...who],
      at,
    };
  }
  return { tone: 'warning', word: 'ON', lines: [...until, ...who], at };
}

function lockValue({ observatory }: ObservatorySources): ObservatoryValue {
  if (!observatory) return { ...UNKNOWN, lines: [], at: null };
  const { locked, locked_by: by, locked_reason: reason } = observatory;
  if (locked === 0)
    return { tone: 'quiet', word: 'UNLOCKED', lines: ['It may open by itself'], at: null };
  const lines = [
    [by, reason].filter((text) => text !== '').join(': '),
    'Closed until a person unlocks it',
  ];
  return { tone: 'warning', word: 'LOCKED', lines: lines.filter((line) => line !== ''), at: null };
}

/** What counts: for the dome, for the scheduler, for everybody. */
function effectiveValue(sources: ObservatorySources): ObservatoryValue {
  const { safety, observatory } = sources;
  const at = safety?.updated ?? null;
  if (!safety || !isFreshWord(safety.updated, sources)) {
    return { ...UNKNOWN, lines: ['Unknown counts as unsafe: the dome must be closed'], at };
  }
  const lock = observatory?.locked === 1 ? ['but locked: the dome stays closed'] : [];
  if (safety.safe === 0)
    return { tone: 'bad', word: 'UNSAFE', lines: reasonList(JSON.parse(safety.reasons)), at };
  if (safety.raw_safe === 1) return { tone: 'good', word: 'SAFE', lines: lock, at };
  if (!observatory || !observatoryView({ ...sources, row: observatory }).safe) {
    const lines = ['The PLC shows a bypass that nobody asked for here'];
    return { tone: 'bad', word: 'UNSAFE', lines, at };
  }
  return {
    tone: 'warning',
    word: 'SAFE',
    lines: ['by bypass: the weather is overruled', ...lock],
    at,
  };
}

function sentences(causes: string): string[] {
  const list = JSON.parse(causes) as { sentence?: unknown }[];
  return list.map(({ sentence }) => String(sentence ?? '')).filter((text) => text !== '');
}

/** `21:04` of an ISO instant. */
function clock(at: string): string {
  return `${at.slice(11, 16)}Z`;
}
