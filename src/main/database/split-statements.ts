/** SQL text cut into statements. */
export interface SplitSql {
  /** Whole statements, without their semicolons. */
  readonly statements: readonly string[];
  /** What comes after the last semicolon. */
  readonly rest: string;
}

/** Text in quotes, names in quotes, comments, a semicolon, or any other character. */
const PIECES =
  /'(?:[^']|'')*(?:'|$)|"[^"]*(?:"|$)|`[^`]*(?:`|$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[\s\S]/g;

/** Cuts SQL at the semicolons that are neither in quotes nor in comments; comments are left out. */
export function splitStatements(text: string): SplitSql {
  const statements: string[] = [];
  let current = '';
  let begun = 0;
  for (const match of text.matchAll(PIECES)) {
    const [piece] = match;
    if (piece === ';') {
      if (current.trim()) statements.push(current.trim());
      current = '';
      begun = match.index + 1;
    } else if (!piece.startsWith('--') && !piece.startsWith('/*')) current += piece;
  }
  return { statements, rest: text.slice(begun).trim() === '' ? '' : text.slice(begun) };
}
