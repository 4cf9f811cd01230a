export { CODE_DIGITS, codeIdOf, codeLinkId, codeSlotFor, hashCode, isCode, mintCode } from './code';
export { readCrockford } from './crockford';
export { newPress, type PressFor, readPress, receiptCode, sealOf } from './press';
export { readReportId, reportIdOf } from './report-id';
export { hashSecret, linkKeyId, type MintInput, mintSecret, readSecret, SECRET_LENGTH, type SecretKind, slotFor } from './secret';
export { fillSlots } from './slots';
