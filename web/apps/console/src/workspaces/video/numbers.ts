const NONE: ReadonlyMap<string, string> = new Map();

/** The numbers of holds as they are read aloud, by hold; empty until they are known. */
export const useNumbers = (_holds: readonly { hold_id: string }[]): ReadonlyMap<string, string> => NONE;
