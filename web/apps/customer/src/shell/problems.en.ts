import { fmt } from '@chonso/i18n';
import type { Facts } from './problems.ts';
import type { problems as vi } from './problems.vi.ts';

const MINUTE = 60;

const wait = ({ retry_after_seconds: seconds }: Facts): string => {
  const left = Number(seconds) || 0;
  if (!left) return 'a moment';
  return left < 2 * MINUTE ? `${left} seconds` : `${Math.ceil(left / MINUTE)} minutes`;
};

export const problems: typeof vi = {
  unexpected: 'Something unexpected happened. Please try again.',
  ourSide: 'The system is busy. Please try again in a few minutes.',
  unknown: 'This could not be found.',
  tooOften: (facts) => `That was too fast. Wait ${wait(facts)} and try again.`,
  wrong: 'Check this field.',
  bySlug: {
    offline: 'No network. Check your connection and try again.',
    'number-taken': 'Somebody else has just held this number. Choose another one.',
    'number-resting': 'This number is resting after it was returned. Choose another one.',
    'invalid-request': 'Some fields are not right. See the red lines below.',
    'not-signed-in': 'Sign in to continue.',
    'not-heard-yet': 'The system is catching up. Try again in a few seconds.',
    'busy-database': 'The system is busy. Please try again in a few minutes.',
    'unknown-cursor': 'The list has changed. Reload the page.',
    'unknown-filter': 'The list has changed. Reload the page.',
    // Account: sign-in, codes, passwords.
    'login-refused': 'Phone or password is not right. Try again, or choose "Forgotten password".',
    'too-many-logins': (facts) =>
      `Too many wrong passwords. Try again in ${wait(facts)}, or choose "Forgotten password".`,
    'wrong-password': 'The present password is not right. Type it again.',
    'session-over': 'Your sign-in has ended. Sign in again.',
    'wrong-role': 'This account cannot use the customers’ app. Sign in with another one.',
    'cross-site-request': 'This request did not come from this page. Reload the page and try again.',
    'otp-wrong': ({ tries_left }) =>
      tries_left
        ? `The code is not right, ${tries_left === 1 ? '1 try is' : `${tries_left} tries are`} left. Look at the newest message.`
        : 'The code is not right, and there are no tries left. Ask for a new code.',
    'otp-expired': 'The code has expired or is used up. Ask for a new code.',
    'resend-too-soon': (facts) => `A message is on its way. You can ask for another in ${wait(facts)}.`,
    'too-many-codes': (facts) => `This phone was sent many codes. Try again in ${wait(facts)}.`,
    'too-many-codes-from-here': (facts) =>
      `Too many codes were sent from this connection. Try again in ${wait(facts)}.`,
    'no-such-registration': 'This registration is too old. Register again from the beginning.',
    'already-active': 'This phone has an account already. Sign in.',
    'no-such-reset': 'This request for a new password is too old. Begin again.',
    'reset-over': 'The time to choose a new password is over. Begin again.',
    'passwords-differ': 'The two passwords are not the same. Type them again.',
    'no-such-challenge': 'That code is too old. Ask for a new one.',
    'no-such-message': 'This message is not in your inbox any more.',
    // Slips found and claimed by code.
    'no-such-slip': 'No slip has this code together with this phone. Check each character of the code.',
    'hold-closed': 'This slip has ended and cannot be taken any more. Ask the shop that sold it.',
    'too-many-attempts': (facts) => `Too many codes were tried. Try again in ${wait(facts)}.`,
    'bad-slip': 'This confirmation is too old. Do the last step again.',
    'held-otherwise':
      'You hold this number with another choice. Go on with your slip, or give it back and hold again.',
    'locked-too-often': 'This number was held and given back too often. Choose another one.',
    'no-registration': 'The subscriber is not known yet. Fill in the subscriber information first.',
    'not-text': 'A character cannot be stored. Type again what you pasted.',
    'no-such-hold': 'This slip is not in your account.',
    // Holding, delivery, payment, orders.
    'too-many-holds': ({ limit }: Facts) =>
      `You hold ${limit} numbers, the most one person may. Give one back under Holds and try again.`,
    'number-not-on-sale': 'This number is not on sale any more. Choose another one.',
    'registration-invalid': 'Some fields are not right. See the red lines above.',
    'already-extended': 'More time for the form is given once only.',
    'hold-is-paid': 'This number is ordered and cannot be given back. Cancel the order instead.',
    'hold-not-open': 'This slip is not waiting for a payment: its time is over, or it was ordered already.',
    'hold-is-over': 'This slip is over. Search the number and hold it again.',
    'nothing-to-deliver': 'This SIM needs no choice: it is an eSIM, or the sales channel brings it.',
    'delivery-settled': 'The order is under way, this cannot be changed any more.',
    'unknown-store': 'This store is not on the list any more. Choose another one.',
    'no-such-delivery': 'No delivery is chosen yet.',
    'no-such-shipment': 'There is no parcel for this order.',
    'order-exists': 'This number is ordered already. See that order.',
    'key-of-another-request': 'Your earlier request was received. Reload the page to see it.',
    'price-changed': 'The price has just changed. Look at the new one and agree again.',
    'promotion-not-confirmed': 'The promotion has just changed. Look at it and agree again.',
    'online-only': 'An eSIM is paid online.',
    'email-required':
      'An eSIM needs an e-mail address for its QR code. Add it to the subscriber information.',
    'delivery-required': 'Choose the delivery before you order.',
    'too-much-on-receipt': ({ limit_vnd }: Facts) =>
      `Orders above ${fmt.vnd(Number(limit_vnd))} are paid online only.`,
    'nothing-to-pay': 'This order is not waiting for a payment any more.',
    'no-such-order': 'This order is not in your account.',
    'cannot-cancel': ({ advice_en }: Facts) => String(advice_en),
    'gateway-away': 'The payment gateway does not answer. Try again in a few minutes.',
    // Signing.
    'declaration-outdated':
      'The information has changed since you opened this page. Read it again, then sign.',
    'consent-missing': 'Agree to the contract and to the identity check first.',
    'not-a-signature': 'The signature is not clear. Clear it and sign again with longer strokes.',
    'phone-proof-used': 'This code was used for another signature. Ask for a new one.',
  },
  byCode: {
    PHONE_INVALID: 'Enter a Vietnamese mobile number, such as 0901 234 567.',
    PASSWORD_INVALID: 'The password has a character that cannot be typed. Type it again.',
    NAME_INVALID: 'Enter the name as on your papers, letters only.',
    EMAIL_INVALID: 'Enter one e-mail address, such as lan@example.vn.',
    CODE_INVALID: 'Enter all 6 digits of the message.',
    HOLD_CODE_INVALID: 'The code is GS and 12 characters, such as GS 261102 7KM 3QD.',
    // Subscriber, address, invoice.
    REQUIRED: 'Fill this in.',
    DATE_INVALID: 'Enter the date as day/month/year, such as 05/09/1990.',
    AGE_UNDER_15: 'The subscriber is too young to register alone. Come to a store with a guardian.',
    SEX_INVALID: 'Choose male or female.',
    ID_NUMBER_INVALID: 'Enter the 12 digits of the identity card.',
    ID_NUMBER_MISMATCH: 'The identity number does not fit date of birth or sex. Check all three.',
    IN_PERSON_REQUIRED: 'Foreign customers register at a store.',
    NATIONALITY_INVALID: 'Check the nationality.',
    EMAIL_REQUIRED: 'Enter an e-mail address: the eSIM is sent there.',
    ADDRESS_INVALID: 'Enter an address of 5 to 200 characters.',
    WARD_INVALID: 'Choose a ward from the list.',
    REFERRER_INVALID: 'A referral code has 2 to 32 letters or digits.',
    TAX_CODE_INVALID: 'A tax code has 10, 12 or 13 digits.',
    TEXT_INVALID: 'Fill this in with ordinary letters.',
  },
  byField: {
    password: 'The password needs 8 to 128 characters.',
    current: 'Enter your present password.',
    password_again: 'Type the new password again.',
    full_name: 'A name has at most 100 characters.',
    email: 'An e-mail address has at most 254 characters.',
  },
};
