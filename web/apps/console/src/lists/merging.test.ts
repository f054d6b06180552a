import { expect, test } from 'vitest';
import { type Cursors, END, type Entry, merged, type Read } from './merging.ts';

const SIZE = 4;
const moment = (minute: number) => new Date(Date.UTC(2026, 10, 30, 10, minute)).toISOString();
const listOf = (name: string, minutes: number[]): Entry[] =>
  minutes.map((minute, i) => ({ id: `${name}${i}`, at: moment(minute) }));

/** A service's page behind a cursor, as its API answers. */
function read(list: string, entries: Entry[], after: string | number | undefined): Read<string, Entry> {
  const from = after === undefined ? 0 : entries.findIndex(({ id }) => id === after) + 1;
  const items = entries.slice(from, from + SIZE);
  return { list, items, next: from + SIZE < entries.length ? (items.at(-1)?.id ?? null) : null };
}

function readAll(lists: { [name: string]: Entry[] }) {
  const pages: string[][] = [];
  let cursors: Cursors = {};
  do {
    const open = Object.keys(lists).filter((name) => cursors[name] !== END);
    const reads = open.map((name) => read(name, lists[name] ?? [], cursors[name]));
    const page = merged(reads, cursors, SIZE);
    pages.push(page.rows.map(({ entry }) => String(entry.id)));
    const ended = Object.entries(cursors).filter(([, cursor]) => cursor === END);
    cursors = { ...Object.fromEntries(ended), ...page.next };
  } while (Object.keys(lists).some((name) => cursors[name] !== END));
  return pages;
}

test('entries of several lists come once each, the newest first, page after page', () => {
  const a = listOf('a', [59, 58, 57, 56, 55, 20, 3, 2, 1]);
  const b = listOf('b', [54, 19, 18, 17, 16, 15]);
  const pages = readAll({ a, b, c: [] });

  const whole = [...a, ...b].sort((x, y) => y.at.localeCompare(x.at)).map(({ id }) => id);
  expect(pages.flat()).toEqual(whole);
  expect(pages.slice(0, -1).every((page) => page.length === SIZE)).toBe(true);
});

test('a list that was not reached keeps its cursor, from the beginning as well', () => {
  const reads = [read('a', listOf('a', [9, 8, 7, 6]), undefined), read('b', listOf('b', [1]), 'x')];
  expect(merged(reads, { b: 'x' }, SIZE).next).toEqual({ a: END, b: 'x' });
  expect(merged(reads, {}, SIZE).next).toEqual({ a: END });
});
