export * from './clock.ts';
export * from './errors.ts';
export * from './log.ts';
export * from './random.ts';
export * from './real-clock.ts';
export * from './ticker.ts';
export * from './virtual-clock.ts';
export * from './wake.ts';
