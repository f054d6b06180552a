import { api, type Schemas, send } from '@chonso/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { usePages } from '../../../lists/pages.ts';
import type { StaffSearch } from './routes.tsx';

export type Member = Schemas['identity.StaffView'];
export type Role = Member['roles'][number];
export type Hire = Schemas['identity.Hire'];
export type Change = Schemas['identity.Change'];

const PAGE = 100;
const KEY = ['staff'];

type Criteria = { q?: string; role?: Role; region?: Member['regions'][number]; active?: boolean };

const criteriaOf = ({ q, role, region, state }: StaffSearch): Criteria => ({
  ...(q && { q }),
  ...(role && { role: role as Role }),
  ...(region && { region: region as Member['regions'][number] }),
  ...(state && { active: state === 'here' }),
});

/** The members of staff that fit what the address asks for, and how many there are in all. */
export function useMembers(search: StaffSearch) {
  const criteria = criteriaOf(search);
  const pages = usePages<Member>({
    key: [...KEY, criteria],
    read: (after, signal) =>
      send(
        api.GET('/api/identity/v1/staff', {
          params: { query: { ...criteria, limit: PAGE, ...(after && { after }) } },
          signal,
        }),
      ),
  });
  const first = pages.reading.data?.pages[0] as Schemas['identity.StaffPage'] | undefined;
  return { ...pages, total: first?.total };
}

export function useHire() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Hire) => send(api.POST('/api/identity/v1/staff', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** Change duties or password of a member of staff, dismiss them or take them back. */
export function useChange(staffId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Change) =>
      send(api.PATCH('/api/identity/v1/staff/{staff_id}', { params: { path: { staff_id: staffId } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
