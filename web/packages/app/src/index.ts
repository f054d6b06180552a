export { forgetDrafts, useDraft } from './drafts.ts';
export { useLive } from './live.ts';
export { queryClient } from './query_client.ts';
export { outsideIsSimulated } from './simulated.ts';
export { startTheme, type Theme, useTheme } from './theme.ts';
export { watchDocument } from './watch_document.ts';
