import { expect, test, vi } from 'vitest';
import { queryClient } from './query_client.ts';

const KEY = ['call', 'a hold'];

test('a read that began before a change does not put back what was before it', async () => {
  const client = queryClient();
  client.setQueryData(KEY, 'ABANDONED');
  let answer: (status: string) => void = () => undefined;
  const reading = client
    .fetchQuery({ queryKey: KEY, staleTime: 0, queryFn: () => new Promise<string>((say) => (answer = say)) })
    .catch(() => undefined);
  await vi.waitFor(() => expect(client.isFetching()).toBe(1));
  client.setQueryData(KEY, 'QUEUED');
  answer('ABANDONED');
  await reading;
  expect(client.getQueryData(KEY)).toBe('QUEUED');
});

test('other reads go on', async () => {
  const client = queryClient();
  const reading = client.fetchQuery({ queryKey: [...KEY, 'photos'], queryFn: async () => 'two' });
  client.setQueryData(KEY, 'QUEUED');
  expect(await reading).toBe('two');
});
