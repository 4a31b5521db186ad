import { capital } from '../format/quantity.ts';
import { span } from '../format/time.ts';

const CODES: Readonly<Record<string, string>> = {
  INVALID: 'not valid',
  NIGHT: 'no dark time left',
  WINDOW: 'outside its window',
  ELEVATION: 'too low',
  HORIZON: 'behind the horizon',
  MOON: 'Moon too near',
  SUN: 'Sun too near',
  SKY_BRIGHTNESS: 'sky too bright',
  SEEING: 'seeing too bad',
  OVER_QUOTA: 'over quota',
  OUTBID: 'outbid',
};

/** The kind of a reason in words; an unknown one as it is spelt, none as "other". */
export function codeWords(code: string): string {
  return CODES[code] ?? (code === '' ? 'other' : code.toLowerCase().replaceAll('_', ' '));
}

/** The worth of a plan: whole points, in groups of three digits. */
export function points(value: number): string {
  return String(Math.round(value)).replaceAll(/\B(?=(\d{3})+$)/g, '\u00a0');
}

/** The planner's text as it is set: numbers keep their digits and their unit on one line. */
export function typeset(text: string): string {
  return text
    .replaceAll(/(?<=\d) (?=\d{3}(?!\d)|(?:s|min|h)\b|%)/g, '\u00a0')
    .replaceAll(/(?<=^|[ (])-(?=\d)/g, '−');
}

/** Why a sequence has no place: the kind of reason in front, unless the sentence begins with it. */
export function whyText(code: string, reason: string): string {
  const kind = code === '' ? '' : codeWords(code);
  const sentence = closed(capital(reason));
  const isSaid = kind === '' || sentence.toLowerCase().startsWith(kind.toLowerCase());
  return typeset(isSaid ? sentence : `${capital(kind)}. ${sentence}`.trim());
}

/** How a plan came about, in a word: at once after a change, or by the search that follows. */
export function kindWord(kind: string): string {
  return kind === 'FIRST' ? 'first' : 'improved';
}

/** `12 min later`, `40 s earlier`. */
export function shift(seconds: number): string {
  if (seconds === 0) return 'at the same time';
  return `${span(Math.abs(seconds))} ${seconds > 0 ? 'later' : 'earlier'}`;
}

/** A sentence that another may follow. */
export function closed(sentence: string): string {
  const text = sentence.trim();
  return text === '' || /[.!?]$/.test(text) ? text : `${text}.`;
}
