/** TAI − UTC went from 10 s on 1972-01-01 to 37 s by one second on each of these days. */
const LEAPS: readonly number[] = [
  '1972-07-01',
  '1973-01-01',
  '1974-01-01',
  '1975-01-01',
  '1976-01-01',
  '1977-01-01',
  '1978-01-01',
  '1979-01-01',
  '1980-01-01',
  '1981-07-01',
  '1982-07-01',
  '1983-07-01',
  '1985-07-01',
  '1988-01-01',
  '1990-01-01',
  '1991-01-01',
  '1992-07-01',
  '1993-07-01',
  '1994-07-01',
  '1996-01-01',
  '1997-07-01',
  '1999-01-01',
  '2006-01-01',
  '2009-01-01',
  '2012-07-01',
  '2015-07-01',
  '2017-01-01',
].map((day) => Date.parse(day));

const TAI_MINUS_UTC_1972 = 10;
const TT_MINUS_TAI = 32.184;

/**
 * Terrestrial time − UTC at an instant (UTC ms), seconds: IERS Bulletin C, no leap second being
 * announced after 2017. Before 1972 the value of 1972, within 11 s of the truth back to 1955.
 */
export function ttMinusUtcSeconds(ms: number): number {
  let seconds = TT_MINUS_TAI + TAI_MINUS_UTC_1972 + LEAPS.length;
  for (let i = LEAPS.length - 1; i >= 0 && ms < (LEAPS[i] as number); i--) seconds--;
  return seconds;
}
