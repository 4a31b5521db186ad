export type { CountryEntity, PyrosUserEntity } from './user-entity.ts';
export * from './user-store.ts';
