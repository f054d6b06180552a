/** Where a sign-in leads: an address of this app, whatever `next` says; the search otherwise. */
export function nextAddress(search: URLSearchParams): string {
  const next = search.get('next') ?? '/';
  return /^\/(?![/\\])/.test(next) ? next : '/';
}
