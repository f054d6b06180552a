import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Refusal } from '../errors.ts';

const LONGEST_BODY = 256 * 1024;
const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** The fields of a request's body, each read with its type. */
export class Body {
  private readonly fields: Record<string, unknown>;

  constructor(fields: Record<string, unknown>) {
    this.fields = fields;
  }

  static async of(request: IncomingMessage): Promise<Body> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of request) {
      length += chunk.length;
      if (length > LONGEST_BODY) throw new Refusal(413, 'body-too-long');
      chunks.push(chunk);
    }
    try {
      return new Body(length ? JSON.parse(Buffer.concat(chunks).toString()) : {});
    } catch {
      throw new Refusal(400, 'no-json');
    }
  }

  text(name: string): string {
    const value = this.fields[name];
    if (typeof value !== 'string') throw new Refusal(422, `bad-${name}`);
    return value;
  }

  name(name: string): string {
    return checkedName(this.text(name), name);
  }

  names(name: string): string[] {
    const value = this.fields[name];
    if (!Array.isArray(value) || !value.length) throw new Refusal(422, `bad-${name}`);
    return value.map((each) => checkedName(each, name));
  }

  /** Names that may be left out. */
  namesIfAny(name: string): string[] | undefined {
    return this.fields[name] === undefined ? undefined : this.names(name);
  }

  count(name: string): number {
    const value = this.fields[name];
    if (!Number.isSafeInteger(value) || (value as number) < 1) throw new Refusal(422, `bad-${name}`);
    return value as number;
  }

  flag(name: string): boolean {
    return this.fields[name] === true;
  }

  /** A count for each of some names. */
  counts(name: string): Map<string, number> {
    const value = this.fields[name];
    if (typeof value !== 'object' || value === null) throw new Refusal(422, `bad-${name}`);
    const counts = new Body(value as Record<string, unknown>);
    return new Map(Object.keys(value).map((each) => [checkedName(each, name), counts.count(each)]));
  }

  key(): Buffer {
    return Buffer.from(this.text('key'), 'base64');
  }
}

function checkedName(value: unknown, name: string): string {
  if (typeof value !== 'string' || !NAME.test(value)) throw new Refusal(422, `bad-${name}`);
  return value;
}

/** Whether a request carries the service's secret. */
export function isFromService(request: IncomingMessage, secret: string): boolean {
  const given = Buffer.from((request.headers.authorization ?? '').replace(/^Bearer /, ''));
  const expected = Buffer.from(secret);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
