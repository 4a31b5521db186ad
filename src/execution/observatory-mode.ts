/**
 * The modes of the observatory, as a pure table of lines.
 *
 * ```text
 * STARTING ─> PASSIVE_NO_PLC <─> PASSIVE ─> SCHED_CLOSING ─> STANDBY <─────────────┐
 *                    ^              ^           │  (from any) │ safe, night, ack   │ dome
 *                    └── no PLC ────┴── hands ──┘             v                    │ closed
 *                                           REMOTE <──────> SCHED_READY ─> SCHED_CLOSING
 * ```
 *
 * From anywhere: to SHUTDOWN when asked to exit. Without the PLC, or with its key not on `auto`, the
 * Majordome is passive; a dome that is not closed, and obeys, is closed on the way there.
 */
export type ObservatoryMode =
  | 'STARTING'
  | 'PASSIVE_NO_PLC'
  | 'PASSIVE'
  | 'STANDBY'
  | 'SCHED_READY'
  | 'SCHED_CLOSING'
  | 'REMOTE'
  | 'SHUTDOWN';

/** What the mode depends on. Null: not known, which never opens anything. */
export interface ModeInputs {
  readonly plcAlive: boolean;
  readonly plcMode: 'off' | 'manu' | 'auto' | null;
  /** The effective value: raw, or overruled by a bypass that a person asked for. */
  readonly safe: boolean;
  /** Why it is not safe, for people. */
  readonly unsafeReason: string;
  /** The night was acknowledged by the PLC's button. */
  readonly acknowledged: boolean;
  /** A person keeps the observatory closed. */
  readonly locked: boolean;
  /** The Sun is low enough for the dome to be open. */
  readonly dark: boolean;
  /** The dome is proved closed. */
  readonly domeClosed: boolean;
  /** It answers, and does what it is told in the time that it needs. */
  readonly domeObeys: boolean;
  readonly remoteAsked: boolean;
  /** The variable `force_passive` of the unit is set. */
  readonly passiveAsked: boolean;
  readonly exitAsked: boolean;
}

export interface ModeStep {
  readonly mode: ObservatoryMode;
  readonly reason: string;
}

/** One line: when it holds, the mode becomes `to`. The first line that holds decides. */
export interface ModeLine {
  readonly when: (inputs: ModeInputs) => boolean;
  readonly to: ObservatoryMode;
  readonly reason: (inputs: ModeInputs) => string;
  /** The requirement it comes from, or `decided` with why. */
  readonly by: string;
}

/** Why the Majordome has no say over the site, or null when it has. */
export function whyPassive(inputs: ModeInputs): string | null {
  if (!inputs.plcAlive) return 'the PLC is silent';
  if (inputs.plcMode !== 'auto') return `PLC mode is ${inputs.plcMode ?? 'unknown'}`;
  return inputs.passiveAsked ? 'passive mode was asked' : null;
}

/** Why the observatory may not be open for science now, or null when it may. */
export function whyNotReady(inputs: ModeInputs): string | null {
  const passive = whyPassive(inputs);
  if (passive !== null) return passive;
  if (!inputs.safe) return inputs.unsafeReason;
  if (inputs.locked) return 'the observatory is locked';
  if (!inputs.dark) return 'daylight';
  if (!inputs.acknowledged) return 'the night is not acknowledged';
  return null;
}

const isPassive = (inputs: ModeInputs) => whyPassive(inputs) !== null;
const passiveReason = (inputs: ModeInputs) => whyPassive(inputs) ?? '';
const notReadyReason = (inputs: ModeInputs) => whyNotReady(inputs) ?? '';
const mustClose = (inputs: ModeInputs) => !inputs.domeClosed && inputs.domeObeys;
const says = (reason: string) => () => reason;

/** Off the scheduler's hands: closing first where the dome lets itself be closed. */
const TO_PASSIVE: readonly ModeLine[] = [
  {
    when: (inputs) => isPassive(inputs) && mustClose(inputs),
    to: 'SCHED_CLOSING',
    reason: passiveReason,
    by: 'decided: no open dome is left to nobody',
  },
  { when: isPassive, to: 'PASSIVE', reason: passiveReason, by: 'R-255 (M4)' },
];

/** The whole table but SHUTDOWN's line, which stands before each of them. */
export const MODE_TABLE: Readonly<Record<ObservatoryMode, readonly ModeLine[]>> = {
  STARTING: [
    {
      when: () => true,
      to: 'PASSIVE_NO_PLC',
      reason: says('Waiting for PLC connection...'),
      by: 'R-253 (M1)',
    },
  ],
  PASSIVE_NO_PLC: [
    {
      when: (inputs) => inputs.plcAlive,
      to: 'PASSIVE',
      reason: says('the PLC answers'),
      by: 'R-254 (M2)',
    },
  ],
  PASSIVE: [
    {
      when: (inputs) => !inputs.plcAlive,
      to: 'PASSIVE_NO_PLC',
      reason: says('the PLC is silent'),
      by: 'R-255 (M4)',
    },
    {
      when: (inputs) => !isPassive(inputs),
      to: 'SCHED_CLOSING',
      reason: says('the PLC is in auto'),
      by: 'R-255 (M3)',
    },
  ],
  STANDBY: [
    ...TO_PASSIVE,
    {
      when: (inputs) => inputs.remoteAsked && !inputs.locked,
      to: 'REMOTE',
      reason: says('remote mode was asked'),
      by: 'R-460, R-462 (M8)',
    },
    {
      when: (inputs) => whyNotReady(inputs) === null,
      to: 'SCHED_READY',
      reason: says('night, safe and acknowledged'),
      by: 'R-457, R-459 (M7, M10)',
    },
  ],
  SCHED_READY: [
    {
      when: (inputs) => isPassive(inputs) && !inputs.domeClosed && !inputs.domeObeys,
      to: 'PASSIVE',
      reason: passiveReason,
      by: 'decided: nobody here can close it, the guardian goes on trying',
    },
    {
      when: (inputs) => whyNotReady(inputs) !== null,
      to: 'SCHED_CLOSING',
      reason: notReadyReason,
      by: 'R-456 (M5); decided for unsafe, dawn and no acknowledgement',
    },
    {
      when: (inputs) => inputs.remoteAsked,
      to: 'REMOTE',
      reason: says('remote mode was asked'),
      by: 'R-460 (M8)',
    },
  ],
  SCHED_CLOSING: [
    {
      when: (inputs) => isPassive(inputs) && !mustClose(inputs),
      to: 'PASSIVE',
      reason: passiveReason,
      by: 'R-255 (M4)',
    },
    {
      when: (inputs) => inputs.domeClosed,
      to: 'STANDBY',
      reason: says('the dome is closed'),
      by: 'R-255, R-456 (M3, M5)',
    },
  ],
  REMOTE: [
    ...TO_PASSIVE,
    {
      when: (inputs) => inputs.locked,
      to: 'STANDBY',
      reason: says('the observatory is locked'),
      by: 'R-456 (M6): without SCHED_CLOSING; STANDBY closes',
    },
    {
      when: (inputs) => !inputs.remoteAsked && inputs.safe,
      to: 'STANDBY',
      reason: says('scheduler mode was asked'),
      by: 'R-461 (M9)',
    },
  ],
  SHUTDOWN: [],
};

export const OBSERVATORY_MODES = Object.keys(MODE_TABLE) as ObservatoryMode[];

/** The next mode and why, or null to stay. */
export function nextMode(mode: ObservatoryMode, inputs: ModeInputs): ModeStep | null {
  if (mode === 'SHUTDOWN') return null;
  if (inputs.exitAsked) return { mode: 'SHUTDOWN', reason: 'asked to exit' };
  const line = MODE_TABLE[mode].find(({ when }) => when(inputs));
  return line ? { mode: line.to, reason: line.reason(inputs) } : null;
}
