import { useMutation, useQueryClient } from '@tanstack/react-query';
import { raiseNamed } from '../shell/names.ts';

/** The beginning of the keys of what shipping shows, and of what shows orders. */
export const SHIPMENTS = 'shipments';
export const ORDER = 'order';
/** The beginning of the keys of work lists. */
export const WORK = 'work-lists';

/**
 * A change of orders, parcels or tasks about them: their lists, counts and details are read anew after it. A refusal
 * names the colleague who was first.
 */
export function useChange<Asked, Answer>(change: (asked: Asked) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: Asked) => change(asked).catch(raiseNamed),
    // Not waited for: the form that asked would be gone before it has told the result.
    onSettled: () => {
      for (const key of [SHIPMENTS, ORDER, WORK]) void client.invalidateQueries({ queryKey: [key] });
    },
  });
}
