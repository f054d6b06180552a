import { type Route, screen } from './router.tsx';
import { Search } from './search/Search.tsx';

/** Every screen of the app, by path. The search is part of the first load; all others come when they are opened. */
export const routes: Route[] = [
  { path: /^\/$/, Screen: Search },
  screen('/plans', async () => (await import('./plans/Plans.tsx')).Plans),
  screen('/holds/:holdId/form', async () => (await import('./hold/RegistrationForm.tsx')).RegistrationForm),
  screen('/account', async () => (await import('./settings/Account.tsx')).Account),
  screen('/inbox', async () => (await import('./inbox/InboxScreen.tsx')).InboxScreen),
  screen('/holds', async () => (await import('./holds/Holds.tsx')).Holds),
  screen('/holds/lookup', async () => (await import('./holds/LookUp.tsx')).LookUp),
  screen('/holds/claim', async () => (await import('./holds/Claim.tsx')).Claim),
  screen('/login', async () => (await import('./account/SignIn.tsx')).SignIn),
  screen('/register', async () => (await import('./account/Register.tsx')).Register),
  screen('/register/code', async () => (await import('./account/RegisterCode.tsx')).RegisterCode),
  screen('/forgot', async () => (await import('./account/Forgot.tsx')).Forgot),
  screen('/forgot/code', async () => (await import('./account/ForgotCode.tsx')).ForgotCode),
  screen('/forgot/password', async () => (await import('./account/NewPassword.tsx')).NewPassword),
  screen('/holds/:holdId', async () => (await import('./slip/Slip.tsx')).HoldSlip),
  screen('/holds/:holdId/delivery', async () => (await import('./delivery/Delivery.tsx')).DeliveryChoice),
  screen('/holds/:holdId/pay', async () => (await import('./payment/Pay.tsx')).Pay),
];
