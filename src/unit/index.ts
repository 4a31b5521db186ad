export * from './load-unit.ts';
export * from './unit.ts';
