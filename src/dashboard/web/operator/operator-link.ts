import type { ActionRefusal } from '../../tonight.ts';

/** Who acts, for as long as this tab lives: nothing is kept beyond it, and no cookie is set. */
export interface Operator {
  readonly name: string;
  readonly key: string;
}

const PLACE = 'pyros.operator';
/** A browser that hangs on an answer is told so after this, real ms. */
const PATIENCE_MS = 60_000;

/** What the server said: done, refused with a code, or not heard at all. */
export type ActionEnd =
  | { readonly kind: 'done'; readonly sentence: string }
  | { readonly kind: 'refused'; readonly code: string; readonly sentence: string };

/** Who signed in to this tab; null for nobody. */
export function rememberedOperator(): Operator | null {
  try {
    const { name, key } = JSON.parse(sessionStorage.getItem(PLACE) ?? 'null') as Operator;
    return typeof name === 'string' && typeof key === 'string' ? { name, key } : null;
  } catch {
    return null;
  }
}

export function rememberOperator(operator: Operator | null): void {
  try {
    if (operator) sessionStorage.setItem(PLACE, JSON.stringify(operator));
    else sessionStorage.removeItem(PLACE);
  } catch {
    // A browser without storage asks again on the next page.
  }
}

/** Asks the server to do something, in the operator's name. */
export async function act(operator: Operator, url: string, body: object): Promise<ActionEnd> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      cache: 'no-store',
      headers: { 'content-type': 'application/json', 'x-pyros-operator-key': operator.key },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const said = (await answer.json()) as Partial<ActionRefusal> & { sentence?: string };
    if (answer.ok) return { kind: 'done', sentence: said.sentence ?? 'Done.' };
    const sentence = said.error ?? 'The server refused it.';
    return { kind: 'refused', code: said.code ?? 'REFUSED', sentence };
  } catch {
    const sentence = 'The server did not answer: look whether it was done before you try again.';
    return { kind: 'refused', code: 'SILENT', sentence };
  }
}
