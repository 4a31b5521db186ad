import { ensureRow, type Transaction } from '#db';

/** A country that shares the telescope; `quota` is seconds per period, null without limit. */
export interface Country {
  readonly name: string;
  readonly description: string;
  readonly quota: number | null;
}

/** A profile of the rights matrix, 0 to 7. */
export interface UserLevel {
  readonly level: number;
  readonly name: string;
  readonly description: string;
}

/** Adds a country unless one of that name is there, which stays as it is. Gives its number. */
export async function ensureCountry(transaction: Transaction, country: Country): Promise<number> {
  const { name, ...more } = country;
  return await ensureRow(transaction, 'country', { key: { name }, more });
}

/** Adds a profile unless one of that name is there, which stays as it is. Gives its number. */
export async function ensureUserLevel(transaction: Transaction, level: UserLevel): Promise<number> {
  const { name, ...more } = level;
  return await ensureRow(transaction, 'user_level', { key: { name }, more });
}

/**
 * The number of the user of that name. An agent that submits for the first time gets a row without
 * password, country or profile: nobody can log in with it.
 */
export async function userNamed(transaction: Transaction, username: string): Promise<number> {
  const more = { is_active: 0, motive: 'An agent of the observatory: submits requests by itself.' };
  return await ensureRow(transaction, 'pyros_user', { key: { username }, more });
}
