export * from './agents-with-unit.ts';
export * from './describe-unit.ts';
export * from './load-unit.ts';
export * from './unit.ts';
