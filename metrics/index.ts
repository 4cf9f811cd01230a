export { createMeters, type Meters, type PressOutcome } from './meters';
export type { MetricsServer } from './serve';
export { startMetrics } from './start';
