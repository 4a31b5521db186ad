/**
 * The modes of the observatory, as a pure machine.
 *
 * ```text
 * STARTING ─> PASSIVE_NO_PLC <─> PASSIVE ─> SCHED_CLOSING ─> STANDBY <─────────────┐
 *                                                              │ safe, night, ack  │ dome
 *                                                              v                   │ closed
 *                                           REMOTE <──────> SCHED_READY ─> SCHED_CLOSING
 * ```
 *
 * From anywhere: to SHUTDOWN when asked to exit. Without the PLC, SCHED_READY closes first and then
 * falls back to PASSIVE_NO_PLC.
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
  readonly remoteAsked: boolean;
  readonly exitAsked: boolean;
}

export interface ModeStep {
  readonly mode: ObservatoryMode;
  readonly reason: string;
}

type Rule = (inputs: ModeInputs) => ModeStep | null;

const go = (mode: ObservatoryMode, reason: string): ModeStep => ({ mode, reason });

/** Why the observatory may not be open for science now, or null when it may. */
export function whyNotReady(inputs: ModeInputs): string | null {
  if (!inputs.plcAlive) return 'no PLC';
  if (inputs.plcMode !== 'auto') return `PLC mode is ${inputs.plcMode ?? 'unknown'}`;
  if (!inputs.safe) return inputs.unsafeReason;
  if (inputs.locked) return 'the observatory is locked';
  if (!inputs.dark) return 'daylight';
  if (!inputs.acknowledged) return 'the night is not acknowledged';
  return null;
}

const RULES: Readonly<Record<ObservatoryMode, Rule>> = {
  STARTING: () => go('PASSIVE_NO_PLC', 'Waiting for PLC connection...'),
  PASSIVE_NO_PLC: (inputs) => (inputs.plcAlive ? go('PASSIVE', 'the PLC answers') : null),
  PASSIVE: (inputs) => {
    if (!inputs.plcAlive) return go('PASSIVE_NO_PLC', 'the PLC is silent');
    return inputs.plcMode === 'auto' ? go('SCHED_CLOSING', 'the PLC is in auto') : null;
  },
  STANDBY: (inputs) => {
    if (!inputs.plcAlive) return go('PASSIVE', 'the PLC is silent');
    if (inputs.plcMode !== 'auto') return go('PASSIVE', `PLC mode is ${inputs.plcMode}`);
    if (inputs.remoteAsked && !inputs.locked) return go('REMOTE', 'remote mode was asked');
    const obstacle = whyNotReady(inputs);
    return obstacle === null ? go('SCHED_READY', 'night, safe and acknowledged') : null;
  },
  SCHED_READY: (inputs) => {
    const obstacle = whyNotReady(inputs);
    if (obstacle !== null) return go('SCHED_CLOSING', obstacle);
    return inputs.remoteAsked ? go('REMOTE', 'remote mode was asked') : null;
  },
  SCHED_CLOSING: (inputs) => {
    if (!inputs.domeClosed) return null;
    if (!inputs.plcAlive) return go('PASSIVE', 'the PLC is silent');
    return go('STANDBY', 'the dome is closed');
  },
  REMOTE: (inputs) => {
    if (!inputs.plcAlive) return go('SCHED_CLOSING', 'the PLC is silent');
    if (inputs.locked) return go('STANDBY', 'the observatory is locked');
    return inputs.remoteAsked || !inputs.safe ? null : go('STANDBY', 'scheduler mode was asked');
  },
  SHUTDOWN: () => null,
};

export const OBSERVATORY_MODES = Object.keys(RULES) as ObservatoryMode[];

/** The next mode and why, or null to stay. */
export function nextMode(mode: ObservatoryMode, inputs: ModeInputs): ModeStep | null {
  if (inputs.exitAsked && mode !== 'SHUTDOWN') return go('SHUTDOWN', 'asked to exit');
  return RULES[mode](inputs);
}
