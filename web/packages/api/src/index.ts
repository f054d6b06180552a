export { applicationName, identifyAs, signInHint } from './application.ts';
export { api, type Schemas, send } from './client.ts';
export { type ClientKind, clientKind } from './client_kind.ts';
export { ApiError, isProblem, isUnknown, type Problem, slugOf } from './problem.ts';
export { serverNow } from './server_time.ts';
export { lostSession, onSessionLost, refresh } from './session.ts';
