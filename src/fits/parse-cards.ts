import { PyrosError } from '#platform';
import { type Card, type CardValue, isCommentary } from './card.ts';

/** Parses header records (80 characters each, without `END`), joining `CONTINUE`d strings. */
export function parseCards(records: readonly string[]): Card[] {
  const cards: Card[] = [];
  for (const record of records) {
    const last = cards.at(-1);
    if (record.startsWith('CONTINUE') && isContinued(last)) {
      cards[cards.length - 1] = joined(last, record);
    } else {
      cards.push(parseCard(record));
    }
  }
  return cards;
}

function isContinued(card: Card | undefined): card is Card & { value: string } {
  return typeof card?.value === 'string' && card.value.endsWith('&') && !isCommentary(card.keyword);
}

function joined(card: Card & { value: string }, record: string): Card {
  const more = parseValue(record.slice(10), record);
  const comment = more.comment ?? card.comment;
  return {
    keyword: card.keyword,
    value: card.value.slice(0, -1) + String(more.value ?? ''),
    ...(comment === undefined ? {} : { comment }),
  };
}

function parseCard(record: string): Card {
  const keyword = record.slice(0, 8).trimEnd();
  if (record.slice(8, 10) !== '= ' || isCommentary(keyword)) {
    return { keyword, value: record.slice(8).trimEnd() };
  }
  return { keyword, ...parseValue(record.slice(10), record) };
}

function parseValue(field: string, record: string): { value: CardValue; comment?: string } {
  const quoted = /^ *'((?:[^']|'')*)' *(?:\/(.*))?$/.exec(field);
  const plain = /^ *([^'/]*?) *(?:\/(.*))?$/.exec(field);
  const comment = (quoted ?? plain)?.[2]?.trim();
  const rest = comment ? { comment } : {};
  if (quoted) return { value: (quoted[1] ?? '').replaceAll("''", "'").trimEnd(), ...rest };
  const token = plain?.[1];
  if (token === undefined) throw malformed(record);
  return { value: plainValue(token, record), ...rest };
}

function plainValue(token: string, record: string): CardValue {
  if (token === '') return null;
  if (token === 'T' || token === 'F') return token === 'T';
  const value = Number(token.replace(/[dD]/, 'E'));
  if (!/^[-+.\d]/.test(token) || !Number.isFinite(value)) throw malformed(record);
  return value;
}

function malformed(record: string): PyrosError {
  return new PyrosError(
    'FITS_MALFORMED',
    `A FITS header card makes no sense: "${record.trim()}".`,
    {
      remedy: 'The file is damaged or is no FITS image; fetch or write it again.',
    },
  );
}
