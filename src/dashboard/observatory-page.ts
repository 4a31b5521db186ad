/**
 * What the page "Observatory" shows, as plain JSON. Instants are ISO-8601 UTC; `null` means not known.
 */
export interface ObservatoryPage {
  readonly now: string;
  /** Who acts says which state he saw; another one is refused (409). */
  readonly version: number;
  /** One sentence: the mode, and why. */
  readonly sentence: string;
  readonly mode: { readonly name: string; readonly since: string | null; readonly reason: string };
  /** Never one value: what the PLC's sensors say, what a person overruled or locked, what counts. */
  readonly values: {
    readonly raw: ObservatoryValue;
    readonly bypass: ObservatoryValue;
    readonly lock: ObservatoryValue;
    readonly effective: ObservatoryValue;
  };
  readonly pauses: readonly PauseView[];
  readonly dome: {
    readonly shutter: string;
    readonly at: string | null;
    /** Seconds for which it may stay open without a new word of the guardian. */
    readonly permitSeconds: number | null;
    /** The guardian lives. */
    readonly guarded: boolean;
  };
  readonly alarms: readonly AlarmView[];
  readonly sensors: readonly SensorView[];
  readonly devices: readonly DeviceView[];
  readonly buttons: readonly ButtonView[];
}

/** One of the four values. */
export interface ObservatoryValue {
  readonly tone: 'good' | 'bad' | 'warning' | 'quiet' | 'unknown';
  readonly word: string;
  readonly lines: readonly string[];
  readonly at: string | null;
}

/** One reason for which nothing is observed. */
export interface PauseView {
  readonly kind: string;
  readonly key: string;
  readonly sentence: string;
  readonly since: string | null;
  readonly earliestEnd: string | null;
}

/** Something that a person should know, standing. */
export interface AlarmView {
  readonly key: string;
  readonly severity: 'WARNING' | 'SERIOUS' | 'CRITICAL';
  readonly sentence: string;
  readonly since: string;
  readonly count: number;
}

/** One value of one sensor. */
export interface SensorView {
  /** `WXT520.WindSpeed` */
  readonly name: string;
  /** The quantity whose limit it feeds; null for none. */
  readonly quantity: string | null;
  readonly value: number | null;
  readonly unit: string;
  readonly quality: string;
  readonly at: string | null;
  /** The limit, or the weather, is decided by it now. */
  readonly used: boolean;
  readonly limit: { readonly value: number; readonly side: 'above' | 'below' } | null;
  readonly beyond: boolean;
}

/** One device with its statuses by the names of the guide. */
export interface DeviceView {
  readonly device: string;
  readonly kind: string;
  readonly connected: boolean | null;
  readonly at: string | null;
  readonly statuses: readonly {
    readonly name: string;
    readonly value: number | string | null;
    readonly unit: string;
    readonly valid: boolean;
  }[];
}

export type ObservatoryAction =
  | 'lock'
  | 'unlock'
  | 'remote'
  | 'scheduler'
  | 'bypass'
  | 'stop-bypass';

/** One button: greyed with its reason, or ready. */
export interface ButtonView {
  readonly action: ObservatoryAction;
  /** As the guide writes it. */
  readonly label: string;
  /** Null: it may be pressed. */
  readonly refusal: string | null;
}

/** What became of an action. */
export interface ActionAnswer {
  readonly sentence: string;
}

/** Why an action was not done. */
export interface ActionRefusal {
  readonly code: string;
  readonly error: string;
}
