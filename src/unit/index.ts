export * from './agents-with-unit.ts';
export * from './describe-unit.ts';
export * from './devices-of.ts';
export {
  DERIVED_QUANTITIES,
  type Measure,
  type Measures,
  measuresSchema,
  type Sensor,
} from './limits.ts';
export * from './load-unit.ts';
export * from './unit.ts';
