import { api, clientKind, send } from '@chonso/api';
import { useQuery } from '@tanstack/react-query';

/** Whether a customer may activate in this client (LAW01, SYS02); undefined while unknown. */
export function useMayActivate(): boolean | undefined {
  const allowed = useQuery({
    queryKey: ['activation-channels'],
    queryFn: ({ signal }) => send(api.GET('/api/kyc/v1/activation-channels', { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  // A question that cannot be answered is no refusal: the services decide.
  return allowed.isError || allowed.data?.channels.includes(clientKind());
}
