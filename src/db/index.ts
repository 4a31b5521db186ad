export { askedOften } from './asked-often.ts';
export { Database, openDatabase, type Transaction } from './database.ts';
export { isDatabaseTrouble, isDuplicate, isUnsure } from './database-trouble.ts';
export { type DatabaseAddress, parseDatabaseUrl } from './database-url.ts';
export type { DatabaseOptions } from './engine.ts';
export { ensureRow } from './ensure-row.ts';
export { insertRow } from './insert-row.ts';
export { rowUpdate } from './row-update.ts';
