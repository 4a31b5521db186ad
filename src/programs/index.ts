export * from './program-store.ts';
