import type { LucideIcon } from 'lucide-react';

/** A line of the palette: where it leads, or what it does. */
export type Item = {
  id: string;
  title: string;
  text?: string;
  icon?: LucideIcon;
  group: string;
  /** An address inside the console, `/journeys/…`, perhaps with a query. */
  to?: string;
  run?: () => void;
};

/** Finds items for what was typed; it may ask the server. Raises what the server refuses. */
export type Source = {
  name: string;
  /** The roles that it is for; everybody's without. */
  roles?: readonly string[];
  search: (query: string, signal: AbortSignal) => Promise<Item[]>;
};

const sources: Source[] = [];

/** Let the palette find more; called once, when the source's module is loaded. */
export function addSource(source: Source): void {
  sources.push(source);
}

/** The sources for these roles. */
export const sourcesFor = (roles: readonly string[]): Source[] =>
  sources.filter((source) => !source.roles || source.roles.some((role) => roles.includes(role)));
