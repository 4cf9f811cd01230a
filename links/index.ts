export { readCrockford } from './crockford';
export { hashSecret, type MintInput, mintSecret, readSecret, SECRET_LENGTH, type SecretKind, slotFor } from './secret';
export { fillSlots } from './slots';
