import type { SimulatorPlace } from '#devices';
import { PyrosError } from '#platform';

/** What `./pyros sims` is asked to do to simulators that run. */
export type SimsOrder =
  | { readonly kind: 'faults'; readonly device: string | null }
  | {
      readonly kind: 'set';
      readonly device: string;
      readonly fault: string;
      readonly amount: number | undefined;
    }
  | { readonly kind: 'clear'; readonly device: string; readonly fault: string | undefined }
  | {
      readonly kind: 'value';
      /** A station, or a device behind the PLC. */
      readonly device: string;
      readonly value: string;
      readonly to: number | string;
    };

const USAGE =
  'Write sims faults [DEVICE], sims set DEVICE FAULT [AMOUNT], sims clear DEVICE [FAULT], ' +
  'sims value WXT520 RainRate 12 (a device of the PLC, or a station), or sims alone to start them.';

/** Reads the words after `./pyros sims`. Throws `SIM_UNKNOWN`. */
export function readSimsOrder(words: readonly string[]): SimsOrder {
  const [verb, device, ...rest] = words;
  const [first, second] = rest;
  if (verb === 'faults' && rest.length === 0) return { kind: 'faults', device: device ?? null };
  if (verb === 'set' && device && first && rest.length <= 2) {
    return { kind: 'set', device, fault: first, amount: amountOf(second) };
  }
  if (verb === 'clear' && device && rest.length <= 1) {
    return { kind: 'clear', device, fault: first };
  }
  const isValue = verb === 'value' && device && first !== undefined && second !== undefined;
  if (!isValue || rest.length > 2) throw new PyrosError('SIM_UNKNOWN', USAGE);
  const to = second.trim() !== '' && Number.isFinite(Number(second)) ? Number(second) : second;
  return { kind: 'value', device, value: first, to };
}

/** Whether a person means this simulator: its name, or its alias in the unit file, in any case. */
export function nameOf({ name, alias }: SimulatorPlace, said: string): boolean {
  return [name, alias].some((one) => one.toLowerCase() === said.toLowerCase());
}

function amountOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const amount = Number(text);
  if (text.trim() !== '' && Number.isFinite(amount) && amount >= 0) return amount;
  throw new PyrosError('SIM_UNKNOWN', `"${text}" is no amount: write a number from 0 on.`);
}
