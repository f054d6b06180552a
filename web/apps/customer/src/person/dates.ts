/** Write `05/09/1990` as `1990-09-05`; anything else goes to the service as it was typed. */
export function isoDate(typed: string): string {
  const parts = /^\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})\s*$/.exec(typed);
  return parts ? `${parts[3]}-${parts[2]?.padStart(2, '0')}-${parts[1]?.padStart(2, '0')}` : typed;
}

/** Put the slashes of a date while its digits are typed: `05091990` becomes `05/09/1990`. */
export function typedDate(text: string, before: string): string {
  if (text.length < before.length) return text;
  const digits = text.replace(/\D/g, '').slice(0, 8);
  if (/[^\d/]/.test(text)) return text;
  return [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].filter(Boolean).join('/');
}

/** Write `1990-09-05` as `05/09/1990`. */
export const typedDay = (iso: string): string => iso.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3/$2/$1');
