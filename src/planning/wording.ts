/** `02:31Z` */
export function clockTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(11, 16)}Z`;
}

/** `2014-04-24 02:31Z`: for what may lie on another day. */
export function dateTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 10)} ${clockTime(ms)}`;
}

/** `1 240 s`, rounded up so that a lack never reads as nothing. */
export function secondsText(seconds: number): string {
  return `${String(Math.ceil(seconds)).replace(/\B(?=(\d{3})+$)/g, ' ')} s`;
}

/** `11.2°` */
export function degreesText(degrees: number): string {
  return `${Number(degrees.toFixed(1))}°`;
}

/** `M3, M13 and 2 more` */
export function namesText(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
