import type { Schemas } from '@chonso/api';

export type Evidence = Schemas['videocall.EvidenceView'];
export type CallEvent = Evidence['events'][number];
export type Party = Evidence['parts'][number]['role'];
/** A part of the recording on the time line of the call: ms from its beginning. */
export type Span = { role: Party; part: number; from: number; to: number };
/** An event on the time line: ms from its beginning; before and after it at its ends. */
export type Mark = { event: CallEvent; at: number };
export type Timeline = { length: number; first: number; spans: Span[]; marks: Mark[] };

/** Lay parts and events on one time line, which lasts from the first picture to the last. */
export function timelineOf({ parts, events }: Pick<Evidence, 'parts' | 'events'>): Timeline {
  const recorded = parts.flatMap(({ role, part, starts_at, duration_ms }) =>
    starts_at && duration_ms > 0 ? [{ role, part, begins: Date.parse(starts_at), lasts: duration_ms }] : [],
  );
  if (!recorded.length)
    return { length: 0, first: 0, spans: [], marks: events.map((event) => ({ event, at: 0 })) };
  const first = Math.min(...recorded.map(({ begins }) => begins));
  const length = Math.max(...recorded.map(({ begins, lasts }) => begins + lasts)) - first;
  return {
    length,
    first,
    spans: recorded.map(({ role, part, begins, lasts }) => ({
      role,
      part,
      from: begins - first,
      to: begins - first + lasts,
    })),
    marks: events.map((event) => ({
      event,
      at: Math.min(length, Math.max(0, Date.parse(event.at) - first)),
    })),
  };
}

/** The part of a party that is shown at a moment: the newest of those that last then. */
export const shownAt = (spans: readonly Span[], role: Party, at: number): Span | undefined =>
  spans.findLast((span) => span.role === role && span.from <= at && at <= span.to);

/** The moment at which a challenge was set: as the recording has it, or else by the clock; none if it was not. */
export function momentOf(
  { part, offset_ms, issued_at }: Pick<Evidence['challenges'][number], 'part' | 'offset_ms' | 'issued_at'>,
  { spans, first, length }: Timeline,
): number | undefined {
  if (!length || !issued_at) return undefined;
  const span = spans.find((recorded) => recorded.role === 'CUSTOMER' && recorded.part === part);
  const at = span && offset_ms !== null ? span.from + offset_ms : Date.parse(issued_at) - first;
  return Math.min(length, Math.max(0, at));
}

/** The next event after a moment, or the last before it. */
export function besides(marks: readonly Mark[], at: number, step: 1 | -1): Mark | undefined {
  const SAME_MS = 50;
  return step > 0
    ? marks.find((mark) => mark.at > at + SAME_MS)
    : marks.findLast((mark) => mark.at < at - SAME_MS);
}
