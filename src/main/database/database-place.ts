import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type DatabaseAddress, parseDatabaseUrl } from '#db';
import { PyrosError } from '#platform';
import { databaseUrlOfUser, dataFolderOfUser, withoutPassword } from '../run-settings.ts';

/** What every database command may be told; what is not said comes from the environment. */
export interface PlaceOptions {
  /** Address of the database; else `PYROS_DATABASE_URL`, else a SQLite file in the data folder. */
  readonly databaseUrl?: string | undefined;
  /** Else `PYROS_DATA`, else `data` in the checkout. */
  readonly dataFolder?: string | undefined;
  /** Tells people what is done, one line at a time; the console's when not given. */
  readonly say?: ((line: string) => void) | undefined;
}

/** Where a command works, and to whom it speaks. */
export interface Place {
  readonly url: string;
  readonly address: DatabaseAddress;
  readonly dataFolder: string;
  readonly say: (line: string) => void;
}

/** Throws PyrosError `DATABASE_ADDRESS` when the address is not one. */
export function placeOf(options: PlaceOptions): Place {
  const dataFolder = resolve(options.dataFolder ?? dataFolderOfUser());
  const inFolder = `sqlite:${join(dataFolder, 'pyros.sqlite')}`;
  const ofUser = options.dataFolder === undefined ? databaseUrlOfUser() : inFolder;
  const url = options.databaseUrl ?? ofUser;
  return {
    url,
    address: parseDatabaseUrl(url),
    dataFolder,
    say: options.say ?? ((line) => console.log(line)),
  };
}

/** The address for people: without its password. */
export function shownAddress(address: DatabaseAddress): string {
  return address.engine === 'sqlite'
    ? address.file
    : withoutPassword(address.url).replace(/^mysql:/, 'mariadb:');
}

/** Opening a SQLite file that is not there would make it: who only reads asks first. */
export function isThere(address: DatabaseAddress): boolean {
  return address.engine !== 'sqlite' || existsSync(address.file);
}

/** @throws PyrosError `DATABASE_ABSENT` when there is no such file. */
export function refuseAbsent(address: DatabaseAddress): void {
  if (isThere(address)) return;
  throw new PyrosError('DATABASE_ABSENT', `There is no database at ${shownAddress(address)}.`, {
    remedy: 'Make one with ./pyros initdb, or point PYROS_DATABASE_URL at the right one.',
  });
}
