const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SHAPE = /^GS[0-9A-HJKMNP-TV-Z]{12}$/;
const BETWEEN = /[\s\-.\u2010-\u2015]/g;
const MISREAD: Record<string, string> = { O: '0', I: '1', L: '1' };

/** Read a code as people write it: groups, small letters, O for 0, I and L for 1; null if it cannot be one. */
export function readHoldCode(text: string): string | null {
  const typed = text.toUpperCase().replace(BETWEEN, '');
  const code = typed.slice(0, 2) + typed.slice(2).replace(/[OIL]/g, (letter) => MISREAD[letter] ?? letter);
  return SHAPE.test(code) && checkOf(code.slice(2, -1)) === code.at(-1) ? code : null;
}

/** Set a code apart so that it can be read aloud: `GS 261102 7KM 3QX`. */
export const groupedHoldCode = (code: string): string =>
  code.replace(/^(GS)(.{6})(.{3})(.{3})$/, '$1 $2 $3 $4');

/** The last character of a code (ISO 7064, hybrid): one wrong character is always noticed. */
function checkOf(body: string): string | undefined {
  const size = ALPHABET.length;
  let state = size;
  for (const character of body) {
    state = (state + ALPHABET.indexOf(character)) % size || size;
    state = (state * 2) % (size + 1);
  }
  return ALPHABET[(((1 - state) % size) + size) % size];
}
