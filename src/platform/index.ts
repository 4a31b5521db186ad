export * from './clock.ts';
export * from './errors.ts';
export * from './random.ts';
export * from './real-clock.ts';
export * from './virtual-clock.ts';
