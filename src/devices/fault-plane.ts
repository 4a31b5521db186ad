/** A fault that a simulator can be given: see `faults.ts` of its kind. */
export interface ActiveFault {
  readonly name: string;
  /** How much of it, where it has a measure: its unit is told by the fault's description. */
  readonly amount: number | null;
}

/** One line of the list of faults that a simulator knows. */
export interface KnownFault {
  readonly name: string;
  /** One sentence: what the device then does, and the unit of its amount. */
  readonly description: string;
  /** What `amount` is when none is given; null for a fault without a measure. */
  readonly usualAmount: number | null;
}

/** The hand on a simulator's faults: of the scenario, of `./pyros sims`, of the Simulator page, of tests. */
export interface FaultPlane {
  readonly known: readonly KnownFault[];
  active(): readonly ActiveFault[];
  /** Throws PyrosError `FAULT_UNKNOWN`, naming those that are known. */
  set(name: string, amount?: number): void;
  /** Takes one away, or all. */
  clear(name?: string): void;
}
