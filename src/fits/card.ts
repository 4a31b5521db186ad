import { PyrosError } from '#platform';

/** What a header card may hold; null is FITS's "undefined" value. */
export type CardValue = string | number | boolean | null;

/**
 * One header card. For `COMMENT`, `HISTORY`, `HIERARCH` and blank keywords, `value` is the text. A
 * unit, where there is one, opens the comment in square brackets: `[deg] elevation`.
 */
export interface Card {
  readonly keyword: string;
  readonly value: CardValue;
  readonly comment?: string;
  /** Digits after the decimal point; without it, a number is written as short as it reads back. */
  readonly decimals?: number;
}

export const CARD_BYTES = 80;
const COMMENTARY = new Set(['COMMENT', 'HISTORY', 'HIERARCH', '']);
const COMMENTARY_TEXT = 72;
/** Room for the text of a string between its quotes, from column 12 to 79. */
const STRING_TEXT = 68;

/** Whether a keyword's card holds free text instead of a value. */
export function isCommentary(keyword: string): boolean {
  return COMMENTARY.has(keyword);
}

/**
 * The 80-character records of a card (FITS standard 4.0, section 4): one, or more for a string that
 * needs `CONTINUE` or a long commentary. A comment is cut where its record ends. Text is reduced to
 * printable ASCII: accents are dropped, other characters become `?`. Throws `FITS_CARD_INVALID`.
 */
export function cardRecords(card: Card): string[] {
  if (isCommentary(card.keyword)) return commentaryRecords(card);
  if (!/^[A-Z0-9_-]{1,8}$/.test(card.keyword)) {
    throw invalid(card, 'its keyword must be 1 to 8 of A-Z, 0-9, hyphen and underscore');
  }
  if (typeof card.value === 'string') return stringRecords(card, asciiText(card.value));
  return [finish(`${card.keyword.padEnd(8)}= ${valueText(card)}`, card.comment)];
}

/** Text as a FITS header can hold it: ASCII from space to tilde. */
export function asciiText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(/\s/g, ' ')
    .replace(/[^ -~]/gu, '?');
}

function commentaryRecords(card: Card): string[] {
  const text = asciiText(String(card.value ?? ''));
  const pieces = text.match(new RegExp(`.{1,${COMMENTARY_TEXT}}`, 'g')) ?? [''];
  return pieces.map((piece) => `${card.keyword.padEnd(8)}${piece}`.padEnd(CARD_BYTES));
}

function stringRecords(card: Card, text: string): string[] {
  const pieces = quotablePieces(text);
  return pieces.map((piece, index) => {
    const isLast = index === pieces.length - 1;
    const head = index === 0 ? `${card.keyword.padEnd(8)}= ` : 'CONTINUE  ';
    return finish(`${head}'${(isLast ? piece : `${piece}&`).padEnd(8)}'`, isLast && card.comment);
  });
}

/** Splits a text, its quotes doubled, so that every piece but the last leaves room for `&`. */
function quotablePieces(text: string): string[] {
  const pieces: string[] = [];
  let rest = text.trimEnd().replaceAll("'", "''");
  while (rest.length > STRING_TEXT) {
    let size = STRING_TEXT - 1;
    const quotes = /'*$/.exec(rest.slice(0, size))?.[0].length ?? 0;
    if (quotes % 2 === 1) size--;
    pieces.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return [...pieces, rest];
}

function valueText(card: Card): string {
  if (card.value === null) return ''.padStart(20);
  if (typeof card.value === 'boolean') return (card.value ? 'T' : 'F').padStart(20);
  return numberText(card).padStart(20);
}

function numberText(card: Card): string {
  const value = Number(card.value);
  if (!Number.isFinite(value)) throw invalid(card, `${value} is not a number FITS can hold`);
  if (card.decimals !== undefined) return value.toFixed(card.decimals);
  const text = String(value).toUpperCase().replace('E+', 'E');
  return text.includes('E') && !text.includes('.') ? text.replace('E', '.0E') : text;
}

/** Adds the comment, from column 33 when the value leaves it free, and pads to a whole record. */
function finish(head: string, comment: string | false | undefined): string {
  const text = comment ? `${head.padEnd(30)} / ${asciiText(comment)}` : head;
  return text.slice(0, CARD_BYTES).trimEnd().padEnd(CARD_BYTES);
}

function invalid(card: Card, reason: string): PyrosError {
  return new PyrosError(
    'FITS_CARD_INVALID',
    `The FITS card "${card.keyword}" is wrong: ${reason}.`,
  );
}
