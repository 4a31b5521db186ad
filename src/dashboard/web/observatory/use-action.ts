import { useState } from 'react';
import type { ObservatoryAction, ObservatoryPage } from '../../tonight.ts';
import { useOperator } from '../operator/use-operator.ts';
import { isShown } from './confirmation.ts';

/** How far an action has come. */
export interface ActionState {
  readonly action: ObservatoryAction;
  readonly stage: 'sent' | 'accepted' | 'confirmed' | 'refused';
  readonly sentence: string;
}

/** The last action of this page, followed until the observatory itself shows it. */
export function useAction(page: ObservatoryPage) {
  const { operator, act } = useOperator();
  const [last, setLast] = useState<ActionState | null>(null);
  const send = async (action: ObservatoryAction, body: object) => {
    setLast({ action, stage: 'sent', sentence: '' });
    const end = await act(`/api/observatory/${action}`, { by: operator?.name ?? '', ...body });
    const stage = end.kind === 'done' ? 'accepted' : 'refused';
    setLast({ action, stage, sentence: end.sentence });
  };
  const isConfirmed = last?.stage === 'accepted' && isShown(last.action, page);
  return { last: isConfirmed ? { ...last, stage: 'confirmed' as const } : last, send };
}
