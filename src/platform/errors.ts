/** What an error tells beyond its sentence. */
export interface ErrorDetails {
  /** What the person who reads it should do next, one sentence. */
  readonly remedy?: string;
  readonly cause?: unknown;
}

/**
 * Every error that PyROS raises on purpose: a stable `code` for programs, a sentence for people,
 * the cause, and the next step. The codes are listed in docs/errors.md.
 */
export class PyrosError extends Error {
  override readonly name = 'PyrosError';
  readonly code: string;
  readonly remedy: string;

  constructor(code: string, sentence: string, details: ErrorDetails = {}) {
    super(sentence, details.cause === undefined ? {} : { cause: details.cause });
    this.code = code;
    this.remedy = details.remedy ?? '';
  }
}

/** The sentence of anything thrown, with its remedy when it has one. */
export function sentenceOf(error: unknown): string {
  if (error instanceof PyrosError && error.remedy) return `${error.message} ${error.remedy}`;
  return error instanceof Error ? error.message : String(error);
}

/** The stable code of anything thrown; `UNEXPECTED` when it was not raised on purpose. */
export function codeOf(error: unknown): string {
  return error instanceof PyrosError ? error.code : 'UNEXPECTED';
}
