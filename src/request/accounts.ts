import { programAccount } from '#programs';
import { countryAccount, userAccount } from '#users';

/** Who pays for a sequence, in words for people: its program, and its user with their country. */
export function accountsOf(payers: {
  readonly program: string;
  readonly username: string;
  /** Null for an agent. */
  readonly country: string | null;
}): readonly string[] {
  const { program, username, country } = payers;
  const countries = country === null ? [] : [countryAccount(country)];
  return [programAccount(program), ...countries, userAccount(username)];
}
