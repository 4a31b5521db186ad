export { Database, type DatabaseOptions, openDatabase, type Transaction } from './database.ts';
export { type DatabaseAddress, parseDatabaseUrl } from './database-url.ts';
export { insertRow } from './insert-row.ts';
