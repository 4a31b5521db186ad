import type { FocuserSpec } from '#unit';
import type { KnownFault } from '../fault-plane.ts';
import type { FaultView } from '../faults/fault-set.ts';

/** What can be wrong with a simulated focuser, its wire apart. */
export const FOCUSER_FAULTS: readonly KnownFault[] = [
  {
    name: 'stuck',
    description: 'It takes its orders and stays where it is.',
    usualAmount: null,
  },
  { name: 'drifts', description: 'It creeps by so many steps a minute.', usualAmount: 5 },
];

/** A focuser that moves from `fromSteps` at `startMs` on. */
export interface FocuserState {
  readonly fromSteps: number;
  readonly toSteps: number;
  readonly startMs: number;
}

/** What a simulated focuser is made of, and what is wrong with it. */
export interface FocuserModel {
  readonly spec: FocuserSpec;
  readonly faults: FaultView;
}

/** At rest where its first filters are in focus. */
export function restingFocuser({ spec }: FocuserModel, nowMs: number): FocuserState {
  return { fromSteps: spec.zeroSteps, toSteps: spec.zeroSteps, startMs: nowMs };
}

/** Whether that is a step of its travel. */
export function isInTravel({ spec }: FocuserModel, steps: number): boolean {
  return Number.isInteger(steps) && steps >= spec.minSteps && steps <= spec.maxSteps;
}

/** Starts moving to a step of its travel from wherever it is. */
export function moveFocuser(
  model: FocuserModel,
  state: FocuserState,
  order: { steps: number; nowMs: number },
): FocuserState {
  const { steps, nowMs } = order;
  const fromSteps = stepsAt(model, state, nowMs);
  const toSteps = model.faults.has('stuck') ? fromSteps : steps;
  return { fromSteps, toSteps, startMs: nowMs };
}

/** It stays where it is now. */
export function stopFocuser(model: FocuserModel, state: FocuserState, nowMs: number): FocuserState {
  return moveFocuser(model, state, { steps: stepsAt(model, state, nowMs), nowMs });
}

/** Where it is, in whole steps. */
export function stepsAt(
  { spec, faults }: FocuserModel,
  state: FocuserState,
  nowMs: number,
): number {
  const { fromSteps, toSteps, startMs } = state;
  const seconds = (nowMs - startMs) / 1000;
  const way = toSteps - fromSteps;
  const done = Math.min(Math.abs(way), seconds * spec.stepsPerSecond);
  const crept = (faults.amount('drifts') * seconds) / 60;
  const steps = fromSteps + Math.sign(way) * done + crept;
  return Math.round(Math.min(spec.maxSteps, Math.max(spec.minSteps, steps)));
}

/** Whether it still moves as it was told. */
export function isFocuserMoving(
  { spec }: FocuserModel,
  state: FocuserState,
  nowMs: number,
): boolean {
  const seconds = Math.abs(state.toSteps - state.fromSteps) / spec.stepsPerSecond;
  return nowMs < state.startMs + seconds * 1000;
}
