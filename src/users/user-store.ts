import { insertRow, type Transaction } from '#db';

/** A country that shares the telescope; `quota` is seconds per period. */
export interface Country {
  readonly name: string;
  readonly description: string;
  readonly quota: number;
}

/** A profile of the rights matrix, 0 to 7. */
export interface UserLevel {
  readonly level: number;
  readonly name: string;
  readonly description: string;
}

export async function insertCountry(transaction: Transaction, country: Country): Promise<void> {
  await insertRow(transaction, 'country', { ...country });
}

export async function insertUserLevel(transaction: Transaction, level: UserLevel): Promise<void> {
  await insertRow(transaction, 'user_level', { ...level });
}
