import { useState } from 'react';
import { useOperator } from '../operator/use-operator.ts';
import type { Step } from './quick-picks.ts';

/** What was last asked of the simulators, and what they said. */
export interface DriverState {
  readonly busy: boolean;
  readonly problem: string | null;
  readonly sentence: string;
  /** Grows with each answer, so that the page is read again at once. */
  readonly turn: number;
}

/** Drives the simulators, one step after the other; the first that is refused ends it. */
export function useDriver() {
  const { act } = useOperator();
  const [state, setState] = useState<DriverState>({
    busy: false,
    problem: null,
    sentence: '',
    turn: 0,
  });
  const drive = async (steps: readonly Step[], told?: string) => {
    setState((before) => ({ ...before, busy: true, problem: null }));
    let problem: string | null = null;
    let sentence = told ?? '';
    for (const { url, body } of steps) {
      const end = await act(url, body);
      if (end.kind === 'refused') {
        problem = end.sentence;
        break;
      }
      sentence = told ?? end.sentence;
    }
    setState((before) => ({ busy: false, problem, sentence, turn: before.turn + 1 }));
  };
  return { state, drive };
}

/** What the parts of the page drive with. */
export interface Driver {
  readonly drive: (steps: readonly Step[], told?: string) => Promise<void>;
  /** Why nothing can be driven; null when it can. */
  readonly refusal: string | null;
}
