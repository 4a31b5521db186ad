import { createContext, useContext, useState } from 'react';
import {
  type ActionEnd,
  act,
  type Operator,
  rememberedOperator,
  rememberOperator,
} from './operator-link.ts';

/** Who may act on this page, and how to become it. */
export interface OperatorDesk {
  readonly operator: Operator | null;
  /** Resolves with why the key is not the right one; null when it is. */
  readonly signIn: (operator: Operator) => Promise<string | null>;
  readonly signOut: () => void;
  /** Asks for an action in the operator's name. */
  readonly act: (url: string, body: object) => Promise<ActionEnd>;
}

export const OperatorContext = createContext<OperatorDesk | null>(null);

export function useOperatorDesk(): OperatorDesk {
  const [operator, setOperator] = useState(rememberedOperator);
  const change = (next: Operator | null) => {
    rememberOperator(next);
    setOperator(next);
  };
  return {
    operator,
    signOut: () => change(null),
    signIn: async (wanted) => {
      const end = await act(wanted, '/api/operator', {});
      if (end.kind === 'refused') return end.sentence;
      change(wanted);
      return null;
    },
    act: async (url, body) => {
      if (!operator) return { kind: 'refused', code: 'FORBIDDEN', sentence: 'Nobody signed in.' };
      const end = await act(operator, url, body);
      // The key was changed meanwhile: it is asked for again.
      if (end.kind === 'refused' && end.code === 'FORBIDDEN') change(null);
      return end;
    },
  };
}

export function useOperator(): OperatorDesk {
  const desk = useContext(OperatorContext);
  if (!desk) throw new Error('the operator’s desk is missing above this component');
  return desk;
}
