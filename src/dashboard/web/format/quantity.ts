import { decimal } from './angle.ts';

const SYMBOLS: Readonly<Record<string, string>> = {
  percent: '%',
  Celcius: '°C',
  Celsius: '°C',
  celsius: '°C',
};

/** The symbol of a unit as sensors spell it. */
export function unitSymbol(unit: string): string {
  return SYMBOLS[unit] ?? unit;
}

/** A reading with as many digits as it deserves: whole per cents, tenths of the rest. */
export function reading(value: number, unit: string): string {
  return decimal(value, unitSymbol(unit) === '%' ? 0 : 1);
}

/** `READY` as `Ready`, `PASSIVE_NO_PLC` as `Passive no PLC`. */
export function words(name: string): string {
  const text = name.replaceAll(/[_-]+/g, ' ').trim().toLowerCase();
  return capital(text).replaceAll(/\bplc\b/gi, 'PLC');
}

/** With its first letter large. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `1 image`, `3 images`. */
export function count(value: number, noun: string): string {
  return `${value} ${noun}${value === 1 ? '' : 's'}`;
}
