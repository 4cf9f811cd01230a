export { sealAct, type SealedAct, type SealProblem, sealProblem } from './act-seal';
export { CODE_DIGITS, codeIdOf, codeLinkId, codeSlotFor, hashCode, isCode, mintCode } from './code';
export { readCrockford } from './crockford';
export { newPress, type PressFor, readPress, receiptCode, sealOf } from './press';
export { readReportId, reportIdOf } from './report-id';
export { hashSecret, type LinkKey, linkKeyId, linkKeyOf, type MintInput, mintSecret, readSecret, SECRET_LENGTH, type SecretKind, slotFor } from './secret';
export { fillSlots } from './slots';
