type Level = 'info' | 'warning' | 'error';

/** Write one line of JSON. Descriptions, addresses and candidates are never among the facts. */
export function log(
  level: Level,
  event: string,
  facts: Record<string, string | number | undefined> = {},
): void {
  process.stdout.write(
    `${JSON.stringify({ event, level, timestamp: new Date().toISOString(), ...facts })}\n`,
  );
}

/** The kind of an error: what it says may repeat what was sent. */
export function kindOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.constructor.name : typeof error;
}
