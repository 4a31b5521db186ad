/** Where a sequence stands, in the words of the guide. */
export const sequenceStatuses = [
  'INCOMPLETE',
  'SUBMITTED',
  'REJECTED',
  'TOBEPLANNED',
  'PLANNED',
  'UNPLANNABLE',
  'EXECUTING',
  'DONE',
  'PARTIAL',
  'FAILED',
  'CANCELLED',
  'EXPIRED',
] as const;

export type SequenceStatus = (typeof sequenceStatuses)[number];

/**
 * From each status, where a sequence may go. EXECUTING goes back to TOBEPLANNED when an alert or
 * the weather interrupts it; UNPLANNABLE is the verdict of one planning, and the next one may differ.
 */
export const sequenceTransitions: Readonly<Record<SequenceStatus, readonly SequenceStatus[]>> = {
  INCOMPLETE: ['SUBMITTED', 'CANCELLED'],
  SUBMITTED: ['TOBEPLANNED', 'REJECTED', 'CANCELLED'],
  REJECTED: [],
  TOBEPLANNED: ['PLANNED', 'UNPLANNABLE', 'CANCELLED', 'EXPIRED'],
  PLANNED: ['TOBEPLANNED', 'UNPLANNABLE', 'EXECUTING', 'CANCELLED', 'EXPIRED'],
  UNPLANNABLE: ['TOBEPLANNED', 'PLANNED', 'CANCELLED', 'EXPIRED'],
  EXECUTING: ['DONE', 'PARTIAL', 'FAILED', 'TOBEPLANNED', 'CANCELLED'],
  DONE: [],
  PARTIAL: [],
  FAILED: [],
  CANCELLED: [],
  EXPIRED: [],
};

/** The verdict on a change of status. */
export type StatusChange =
  | { readonly ok: true; readonly status: SequenceStatus }
  | { readonly ok: false; readonly reason: string };

/** Whether a sequence may go from one status to another; the sentence says what it may do instead. */
export function changeStatus(from: SequenceStatus, to: SequenceStatus): StatusChange {
  const allowed = sequenceTransitions[from];
  if (allowed.includes(to)) return { ok: true, status: to };
  const instead = allowed.length === 0 ? 'it is final' : `it may become ${allowed.join(', ')}`;
  return { ok: false, reason: `A sequence that is ${from} cannot become ${to}: ${instead}.` };
}

/** Nothing more will happen to it. */
export function isFinal(status: SequenceStatus): boolean {
  return sequenceTransitions[status].length === 0;
}

/** The planner must find it a place, or say why not. */
export function isToPlan(status: SequenceStatus): boolean {
  return status === 'TOBEPLANNED' || status === 'PLANNED' || status === 'UNPLANNABLE';
}
