import { api, type Schemas, send } from '@chonso/api';
import { useLocale } from '@chonso/i18n';
import { useQuery } from '@tanstack/react-query';

export type ConsentText = Schemas['videocall.ConsentTextView'];

/** The present text about calls and their recording, in the language of the screen. */
export function useConsentText() {
  const locale = useLocale();
  return useQuery<ConsentText>({
    queryKey: ['consent-text', locale],
    queryFn: ({ signal }) =>
      send(api.GET('/api/videocall/v1/consent-text', { signal, params: { query: { locale } } })),
    // What is agreed to is what the service has at this moment.
    staleTime: 0,
  });
}
