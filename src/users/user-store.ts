import type { InferKyselyDB } from '@mikro-orm/sql';
import { type Database, ensureRow, type Transaction } from '#db';
import type { CountryEntity, PyrosUserEntity } from './user-entity.ts';

export type UserTables = InferKyselyDB<typeof CountryEntity | typeof PyrosUserEntity>;

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

/** The name of a country's quota, as people read it. */
export function countryAccount(country: string): string {
  return `country "${country}"`;
}

/** The name of a user's own quota, as people read it. */
export function userAccount(username: string): string {
  return `user "${username}"`;
}

/**
 * The telescope time of countries and users in the period, seconds, by the name of the account; those
 * without a limit are left out. Countries of the same name share what they have together.
 */
export async function readUserQuotas(
  reader: Pick<Database, 'tables'> | Pick<Transaction, 'tables'>,
): Promise<Map<string, number>> {
  const tables = reader.tables<UserTables>();
  const quotas = new Map<string, number>();
  const countries = tables.selectFrom('country').where('quota', 'is not', null);
  for (const { name, quota } of await countries.select(['name', 'quota']).execute()) {
    const account = countryAccount(name);
    quotas.set(account, (quotas.get(account) ?? 0) + Number(quota));
  }
  const users = tables.selectFrom('pyros_user').where('quota', 'is not', null);
  for (const { username, quota } of await users.select(['username', 'quota']).execute()) {
    quotas.set(userAccount(username), Number(quota));
  }
  return quotas;
}
