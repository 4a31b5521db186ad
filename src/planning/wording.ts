/** `02:31Z` */
export function clockTime(ms: number): string {
  // By hand: a plan of a thousand sequences writes thousands of them.
  const minutes = Math.floor(ms / 60_000);
  const [hour, minute] = [Math.floor(minutes / 60) % 24, minutes % 60];
  return `${String((hour + 24) % 24).padStart(2, '0')}:${String((minute + 60) % 60).padStart(2, '0')}Z`;
}

/** `2014-04-24 02:31Z`: for what may lie on another day. */
export function dateTime(ms: number): string {
  const [date] = new Date(ms).toISOString().split('T');
  return `${date} ${clockTime(ms)}`;
}

/** `1 240 s`, rounded up so that a lack never reads as nothing. */
export function secondsText(seconds: number): string {
  const whole = String(Math.ceil(seconds));
  return `${whole.length > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, ' ') : whole} s`;
}

/** `11.2°` */
export function degreesText(degrees: number): string {
  return `${Number(degrees.toFixed(1))}°`;
}

/** Names in a sentence; the others are counted. */
export const NAMES_SHOWN = 3;

/** `M3, M13, M31 and 2 more`: the first ones of `count` names. */
export function namesText(names: readonly string[], count = names.length): string {
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  return count > NAMES_SHOWN ? `${shown} and ${count - NAMES_SHOWN} more` : shown;
}

/** `1.85″`, rounded up so that an excess never reads as nothing. */
export function arcsecondsText(arcseconds: number): string {
  return `${Number((Math.ceil(arcseconds * 100 - 1e-6) / 100).toFixed(2))}″`;
}

/** `12 March`, and the year where it is not that of `nearMs`. */
export function dayText(ms: number, nearMs: number): string {
  const [date, near] = [new Date(ms), new Date(nearMs)];
  const month = monthNames[date.getUTCMonth()] ?? '';
  const year = date.getUTCFullYear();
  return `${date.getUTCDate()} ${month}${year === near.getUTCFullYear() ? '' : ` ${year}`}`;
}

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** `Lower it, widen it or wait.`: a sentence of what may be done. */
export function choicesText(choices: readonly string[]): string {
  const [last = '', ...others] = choices.toReversed();
  const text = others.length > 0 ? `${others.reverse().join(', ')}, or ${last}` : last;
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
