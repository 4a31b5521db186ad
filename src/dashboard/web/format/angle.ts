/** `13:29:53` from degrees of right ascension. */
export function rightAscension(degrees: number): string {
  const seconds = Math.round(((((degrees % 360) + 360) % 360) / 15) * 3600) % 86_400;
  return sexagesimal(seconds);
}

/** `+47:11:43` from degrees. */
export function declination(degrees: number): string {
  const seconds = Math.round(Math.abs(degrees) * 3600);
  return `${degrees < 0 && seconds > 0 ? '−' : '+'}${sexagesimal(seconds)}`;
}

/** `62.1°`; a dash when not known. */
export function angle(degrees: number | null, digits = 1): string {
  return degrees === null ? '–' : `${decimal(degrees, digits)}°`;
}

/** The radius of an error circle in the unit that suits it: `1.2°`, `3.0′`, `4.7″`. */
export function radius(degrees: number): string {
  if (degrees >= 1) return `${decimal(degrees, 1)}°`;
  if (degrees >= 1 / 60) return `${decimal(degrees * 60, 1)}′`;
  return `${decimal(degrees * 3600, 1)}″`;
}

/** A number with a true minus sign and no negative zero. */
export function decimal(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

const COMPASS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'];

/** The nearest of eight compass points (N=0 E=90). */
export function compass(azimuthDeg: number): string {
  return COMPASS[((Math.round(azimuthDeg / 45) % 8) + 8) % 8] ?? 'N';
}

function sexagesimal(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
