import type { ObservatoryMode } from './observatory-mode.ts';

/** The buttons of the page "Observatory control", by the name of their command. */
export type ButtonName =
  | 'bypass'
  | 'stop_bypass'
  | 'lock'
  | 'unlock'
  | 'go_remote'
  | 'go_scheduler';

/** What the buttons depend on. */
export interface ButtonState {
  readonly mode: ObservatoryMode;
  readonly locked: boolean;
  /** The effective value. */
  readonly safe: boolean;
  /** A bypass is wished, or shown by the PLC. */
  readonly bypassed: boolean;
  readonly plcAlive: boolean;
  /** Keys of what stands against and is never overruled. */
  readonly neverCovered: readonly string[];
}

export interface Button {
  readonly name: ButtonName;
  /** As the guide writes it. */
  readonly label: string;
  readonly visible: boolean;
  /** A visible one may still be greyed. */
  readonly enabled: boolean;
  /** Why it is hidden or greyed; empty when it can be pressed. */
  readonly reason: string;
}

/** Profiles of the rights grid: 3 is IE/IS, 4 the operator on site. */
export const OPERATOR = 4;
const LEAST_FOR_MODES = 3;

interface Rule {
  readonly label: string;
  /** Who has it at all. */
  readonly profile: (profile: number) => boolean;
  /** Why it is hidden, or null. */
  readonly hidden: (state: ButtonState) => string | null;
  /** Why it is greyed though it shows, or null. */
  readonly greyed?: (state: ButtonState) => string | null;
}

const isOperator = (profile: number) => profile === OPERATOR;
const mayChangeMode = (profile: number) => profile >= LEAST_FOR_MODES && profile <= 7;

/** The first sentence of which the condition fails; null when all hold. */
function unless(...conditions: readonly (readonly [boolean, string])[]): string | null {
  return conditions.find(([holds]) => !holds)?.[1] ?? null;
}

const RULES: Readonly<Record<ButtonName, Rule>> = {
  //
  bypass: {
    label: 'PLC_BYPASS (set to SAFE)',
    profile: isOperator,
    hidden: ({ safe, bypassed }) =>
      unless([!bypassed, 'a bypass is on already'], [!safe, 'the observatory is safe']),
    greyed: ({ plcAlive, neverCovered }) =>
      unless(
        [plcAlive, 'the PLC is silent'],
        [neverCovered.length === 0, `never overruled: ${neverCovered.join(', ')}`],
      ),
  },
  //
  stop_bypass: {
    label: 'STOP PLC_BYPASS',
    profile: isOperator,
    hidden: ({ bypassed }) => unless([bypassed, 'no bypass is on']),
  },
  // Wider than the guide, which wants SAFE: closing is never refused.
  lock: {
    label: 'LOCK OBSERVATORY (CLOSE)',
    profile: isOperator,
    hidden: ({ locked }) => unless([!locked, 'the observatory is locked already']),
  },
  //
  unlock: {
    label: 'UNLOCK OBSERVATORY (OPEN)',
    profile: isOperator,
    hidden: ({ locked, safe, mode }) =>
      unless(
        [locked, 'the observatory is not locked'],
        [safe, 'the observatory is not safe'],
        [mode === 'STANDBY', `the mode is ${mode}, not STANDBY`],
      ),
  },
  //
  go_remote: {
    label: 'GO REMOTE MODE',
    profile: mayChangeMode,
    hidden: ({ locked, mode }) =>
      unless(
        [!locked, 'the observatory is locked'],
        [
          mode === 'STANDBY' || mode === 'SCHED_READY',
          `the mode is ${mode}, neither STANDBY nor SCHED_READY`,
        ],
      ),
  },
  //
  go_scheduler: {
    label: 'GO SCHEDULER MODE',
    profile: mayChangeMode,
    hidden: ({ locked, safe, mode }) =>
      unless(
        [!locked, 'the observatory is locked'],
        [mode === 'REMOTE', `the mode is ${mode}, not REMOTE`],
        [safe, 'the observatory is not safe'],
      ),
  },
};

export const BUTTON_NAMES = Object.keys(RULES) as ButtonName[];

/** One button for a profile (0 to 7). */
export function button(name: ButtonName, profile: number, state: ButtonState): Button {
  const { label, profile: has, hidden, greyed } = RULES[name];
  const why = has(profile) ? hidden(state) : `profile ${profile} has no right to it`;
  const grey = why ?? greyed?.(state) ?? null;
  return { name, label, visible: why === null, enabled: grey === null, reason: grey ?? '' };
}

/** All of them, in the order of the guide. */
export function buttons(profile: number, state: ButtonState): Button[] {
  return BUTTON_NAMES.map((name) => button(name, profile, state));
}
