/** What the gateway can do with the next request for a number. `none` takes it. */
export const GATEWAY_FAULTS = [
  'drop', 'reset-after-request', 'half-answer', 'stall', 'garbage', 'error-500', 'error-inside-200', 'busy-429', 'refused',
] as const;
export type GatewayFault = (typeof GATEWAY_FAULTS)[number] | 'none';
