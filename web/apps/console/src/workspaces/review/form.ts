import { api, send } from '@chonso/api';
import { useQuery } from '@tanstack/react-query';

/** The words of the desk's form: kinds of stills, lines, reasons. */
export const useDeskForm = () =>
  useQuery({
    queryKey: ['desk', 'form'],
    staleTime: Infinity,
    queryFn: ({ signal }) => send(api.GET('/api/videocall/v1/desk/form', { signal })),
  });
