/** An ISO-8601 instant as UTC ms, or null when there is none. */
export function instant(at: string | null): number | null {
  if (at === null) return null;
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? null : ms;
}

/** `21:04:33`, UTC. */
export function utcSeconds(ms: number): string {
  return new Date(ms).toISOString().slice(11, 19);
}

/** `21:04`, UTC, rounded to the nearest minute. */
export function utcMinutes(ms: number): string {
  return new Date(Math.round(ms / 60_000) * 60_000).toISOString().slice(11, 16);
}

/** `21:04:33` from an ISO instant; a dash when there is none. */
export function utcOf(at: string | null): string {
  const ms = instant(at);
  return ms === null ? '–' : utcSeconds(ms);
}

/** Sidereal seconds that pass in one second. */
const SIDEREAL_RATE = 1.002_737_909;

/** The sidereal time (hours) `elapsedMs` after it was `hours`. */
export function siderealAfter(hours: number, elapsedMs: number): number {
  return (((hours + (elapsedMs / 3_600_000) * SIDEREAL_RATE) % 24) + 24) % 24;
}

/** `14:02:11` from hours. */
export function hoursMinutesSeconds(hours: number): string {
  return stopwatch(Math.floor(hours * 3600 + 1e-6) % 86_400);
}

/** `00:00:14` from seconds. */
export function stopwatch(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map(two).join(':');
}

/** Coarse and short, for ages and lengths: `8 s`, `12 min`, `2 h 05`. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)}`;
}

/** A latency: `3.2 s`, `48 s`, `1 min 12 s`, `2 h 05`. */
export function latency(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return span(whole);
}

/** Seconds counted from an origin: `T − 16 s`, `T = 0`, `T + 1.8 s`. */
export function sinceOrigin(seconds: number): string {
  if (seconds === 0) return 'T = 0';
  return `T ${seconds < 0 ? '−' : '+'} ${latency(Math.abs(seconds))}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
