/** What a packet says it is: only an observation may move a telescope. */
export type VOEventRole = 'observation' | 'test' | 'prediction' | 'utility';

export type CitationKind = 'followup' | 'supersedes' | 'retraction';

/** One named value of the packet's `What` section, as written. */
export interface VOEventParam {
  readonly group: string | null;
  readonly name: string;
  /** '' when the packet gives none. */
  readonly value: string;
  readonly unit: string | null;
}

/** A place of the sky, FK5 or ICRS degrees (the two agree far better than any alert). */
export interface VOEventPosition {
  /** 0 to 360, 360 excluded. */
  readonly raDeg: number;
  readonly decDeg: number;
  /** Radius of the error circle; null when absent, zero, negative or half the sky. */
  readonly errorDeg: number | null;
}

/**
 * An IVOA VOEvent (versions 1.1, 2.0 and 2.1) reduced to what an observatory acts upon. Instants are
 * UTC milliseconds; a time without zone is UTC, and TDB or TT (69 s apart) is read as UTC.
 */
export interface VOEvent {
  readonly ivorn: string;
  readonly role: VOEventRole;
  readonly version: string;
  /** Null in the packets of LIGO, Virgo and KAGRA. */
  readonly authorIvorn: string | null;
  /** When the packet was written. */
  readonly dateMs: number;
  readonly description: string;
  readonly params: readonly VOEventParam[];
  readonly position: VOEventPosition | null;
  /** Why there is no position, for people; null when there is one. */
  readonly positionProblem: string | null;
  /** When it happened. */
  readonly eventMs: number | null;
  readonly citations: readonly { readonly ivorn: string; readonly cite: CitationKind }[];
  /** 0 to 1, as its author judges it. */
  readonly importance: number | null;
  /** Name of the inferred source, e.g. `GRB 140423`. */
  readonly inferredName: string | null;
}

/** The value of the first parameter of that name in any group; undefined when absent or empty. */
export function paramValue(event: VOEvent, name: string): string | undefined {
  return event.params.find((param) => param.name === name)?.value || undefined;
}

/** Whether any parameter of that name says true. */
export function hasFlag(event: VOEvent, name: string): boolean {
  return event.params.some((param) => param.name === name && isTrue(param.value));
}

function isTrue(value: string): boolean {
  return value === '1' || value.toLowerCase() === 'true';
}
