/** What the page "Simulator" shows, as plain JSON. */
export interface SimulatorPage {
  readonly now: string;
  readonly devices: readonly SimulatedDeviceView[];
  /** The values of the simulated PLC; empty when the PLC is not simulated. */
  readonly values: readonly PlcValueView[];
}

/** One simulator and the faults that it can be given. */
export interface SimulatedDeviceView {
  /** As simulators are called: `mount`, `dome`, `plc`, or the alias of a channel. */
  readonly name: string;
  /** Its alias in the unit file. */
  readonly alias: string;
  readonly kind: string;
  /** Why its faults are not known; null when they are. */
  readonly trouble: string | null;
  readonly faults: readonly FaultView[];
}

/** One fault, with its amount where it has one. */
export interface FaultView {
  readonly name: string;
  readonly description: string;
  readonly active: boolean;
  readonly amount: number | null;
  /** What the amount is when none is given; null for a fault without a measure. */
  readonly usualAmount: number | null;
}

/** One value of the simulated PLC as it shows it now. */
export interface PlcValueView {
  readonly device: string;
  readonly name: string;
  readonly value: number | string | null;
  readonly unit: string;
  /** What a number may be, or the words that it may be. */
  readonly comment: string;
  /** It was set by hand through this server, and not given back. */
  readonly byHand: boolean;
}
