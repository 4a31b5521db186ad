/** What the PLC's wire gives away, read with no help from the code that is being judged. */
export interface WireEvidence {
  /** When the last whole and fresh frame came, UTC ms; null before the first. */
  readonly goodFrameMs: number | null;
  /** Why that frame alone forbids an open dome; null: it does not. */
  readonly danger: string | null;
}

export const NO_EVIDENCE: WireEvidence = { goodFrameMs: null, danger: null };

/** A frame dated farther from our clock than this is no news, milliseconds. */
const FRESH_MS = 20_000;

/** Takes in one answer of the PLC; `text` null: there was none. */
export function readEvidence(
  before: WireEvidence,
  { text, nowMs }: { text: string | null; nowMs: number },
): WireEvidence {
  const frame = text === null ? null : frameOf(text);
  if (!frame || !(Math.abs(Date.parse(`${frame.date}Z`) - nowMs) <= FRESH_MS)) return before;
  return { goodFrameMs: nowMs, danger: dangerIn(frame) };
}

interface LooseFrame {
  readonly date: string;
  readonly device: readonly LooseDevice[];
}

interface LooseDevice {
  readonly name: string;
  readonly valid: string;
  readonly values: readonly { readonly name: string; readonly value: unknown }[];
}

function frameOf(text: string): LooseFrame | null {
  try {
    const [frame] = JSON.parse(text) as LooseFrame[];
    return frame && Array.isArray(frame.device) && typeof frame.date === 'string' ? frame : null;
  } catch {
    return null;
  }
}

function dangerIn(frame: LooseFrame): string | null {
  const readingOf = (device: string, name: string): unknown => {
    const found = frame.device.filter((one) => one.name === device);
    const [only] = found;
    if (found.length !== 1 || only?.valid !== 'yes') return undefined;
    return only.values.find((one) => one.name === name)?.value;
  };
  const above = (device: string, name: string, limit: number) => {
    const value = readingOf(device, name);
    return typeof value === 'number' && value > limit && value < 1000;
  };
  if (above('WXT520', 'RainRate', 0.1) || above('VantagePro', 'RainRate', 0.1)) return 'it rains';
  const volts = readingOf('DRD11', 'analog');
  if (typeof volts === 'number' && volts >= 0 && volts < 2.5) return 'the rain detector is wet';
  if (readingOf('OBSERVATORY', 'EmergencyStop') === 1) return 'the emergency stop is pressed';
  if (readingOf('OBSERVATORY', 'Intrusion') === 1) return 'somebody is inside';
  const ups = readingOf('OBSERVATORY', 'Ups');
  return ups === 'battery' || ups === 'low' ? `the UPS is on ${ups}` : null;
}

/** Why the dome must be closed by this evidence; null: it need not be. */
export function whyClosed(
  evidence: WireEvidence,
  { nowMs, maxAgeSeconds }: { nowMs: number; maxAgeSeconds: number },
): string | null {
  if (evidence.goodFrameMs === null) return 'nothing was heard of the PLC';
  const ageSeconds = (nowMs - evidence.goodFrameMs) / 1000;
  return ageSeconds > maxAgeSeconds ? 'the PLC is silent' : evidence.danger;
}
