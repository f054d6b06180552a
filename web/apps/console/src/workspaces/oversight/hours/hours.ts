import { api, type Schemas, send } from '@chonso/api';
import { useLive } from '@chonso/app';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sayProblems } from '../../../shell/problems.ts';
import { useMe } from '../../../shell/session.ts';
import type { Span } from './spans.ts';
import { words } from './words.ts';

export type Calendar = Schemas['videocall.TeamCalendar'];
export type Day = Schemas['videocall.Day'];
export type Edit = Schemas['videocall.Edit'];

/** Stands for all teams without a calendar of their own. */
export const EVERY_TEAM = '*';
const HOURS = ['office-hours'] as const;
const MANAGERS = ['region_manager', 'admin'];

sayProblems(words.problems);

export const useOfficeHours = () =>
  useLive({
    key: HOURS,
    read: (signal) => send(api.GET('/api/videocall/v1/staff/office-hours', { signal })),
  });

export const useDaysAhead = (team: string) =>
  useLive({
    key: [...HOURS, 'days', team],
    read: (signal) =>
      send(
        api.GET('/api/videocall/v1/staff/office-hours/{team}/days', { signal, params: { path: { team } } }),
      ),
  });

/** What was changed of the calendars, the newest first. */
export const useEdits = (what: readonly Edit['what'][]) =>
  useQuery({
    queryKey: [...HOURS, 'changes', ...what],
    queryFn: ({ signal }) =>
      send(
        api.GET('/api/videocall/v1/staff/call-edits', {
          signal,
          params: { query: { what: [...what], limit: 12 } },
        }),
      ),
  });

/** Whether this person may change a team's hours; those of all teams are head office's. */
export function useMayChange(team: string): boolean {
  const { roles, regions } = useMe();
  return roles.some((role) => MANAGERS.includes(role)) && (team !== EVERY_TEAM || !regions.length);
}

export type Setting =
  | { act: 'week'; week: Span[][] | null }
  | { act: 'day'; day: string; spans: Span[]; note: string }
  | { act: 'follow'; day: string };

function set(team: string, setting: Setting): Promise<unknown> {
  switch (setting.act) {
    case 'week':
      return send(
        api.PUT('/api/videocall/v1/staff/office-hours/{team}/week', {
          params: { path: { team } },
          body: { week: setting.week },
        }),
      );
    case 'day':
      return send(
        api.PUT('/api/videocall/v1/staff/office-hours/{team}/days/{day}', {
          params: { path: { team, day: setting.day } },
          body: { spans: setting.spans, note: setting.note },
        }),
      );
    case 'follow':
      return send(
        api.DELETE('/api/videocall/v1/staff/office-hours/{team}/days/{day}', {
          params: { path: { team, day: setting.day } },
        }),
      );
  }
}

/** Edit a team's hours: they count at once. */
export function useSetHours(team: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (setting: Setting) => set(team, setting),
    onSuccess: () => client.invalidateQueries({ queryKey: HOURS }),
  });
}
