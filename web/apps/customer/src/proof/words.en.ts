import type { ProofWords } from './words.ts';

export const en: ProofWords = {
  phone: 'Phone number',
  sendCode: 'Send the code',
  sentTo: (phone) => `A code of 6 digits was sent to ${phone}.`,
  willSendTo: (phone) => `A code of 6 digits will be sent to ${phone}.`,
  code: 'Code',
  confirm: 'Confirm the code',
  resend: 'Send another code',
  resendIn: 'Another code in',
  resent: 'A new code is on its way',
  otherPhone: 'Use another phone',
  inbox: 'Open the simulated messages',
};
