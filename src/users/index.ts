export type { PyrosUserEntity } from './user-entity.ts';
export * from './user-store.ts';
