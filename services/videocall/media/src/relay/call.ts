import { Refusal } from '../errors.ts';
import { kindOf, log } from '../log.ts';
import type { PartStatus } from '../recording/part.ts';
import type { Settings } from '../settings.ts';
import { Publication } from './publication.ts';
import { View } from './view.ts';

export interface CallStatus {
  readonly call: string;
  /** It rings: what its parties publish is neither passed on nor recorded. */
  readonly standby: boolean;
  readonly parts: PartStatus[];
}

/** Who is seen and heard from the beginning of a call on. */
export interface Beginning {
  /** By party the first part that counts: those before were published for offers that are over. */
  readonly least: ReadonlyMap<string, number>;
  readonly viewers: readonly string[];
}

/** How long a connection may be silent: as ICE-lite the node sends no checks of its own. */
const GONE_AFTER_MS = 30_000;

/** One call: what its parties publish, and who views that. Each publication is recorded in a part of its own. */
export class Call {
  readonly id: string;
  private readonly key: Buffer;
  private readonly settings: Settings;
  private readonly publications = new Map<string, Publication>();
  /** By viewer: a party, or a member of staff who watches. */
  private readonly views = new Map<string, View>();
  private readonly ended: PartStatus[] = [];
  private least: ReadonlyMap<string, number> = new Map();
  private begunAt: number | undefined;

  constructor(id: string, key: Buffer, settings: Settings, standby: boolean) {
    this.id = id;
    this.key = key;
    this.settings = settings;
    this.begunAt = standby ? undefined : Date.now();
  }

  /** Pass on and record what the parties publish; end what belongs to others. Said twice, done once. */
  async begin({ least, viewers }: Beginning): Promise<void> {
    if (this.begunAt !== undefined) return;
    this.begunAt = Date.now();
    this.least = least;
    const ending: Promise<void>[] = [];
    for (const [viewer, view] of this.views) {
      if (viewers.includes(viewer)) continue;
      this.views.delete(viewer);
      ending.push(view.close());
    }
    for (const [role, publication] of this.publications) {
      if (this.counts(publication)) publication.begin();
      else ending.push(this.unpublish(role));
    }
    await Promise.all(ending);
  }

  /** Take a party's camera and microphone; what the party published before ends. */
  async publish(
    role: string,
    part: number,
    offer: string,
    audience?: readonly string[],
  ): Promise<{ peer: string; answer: string }> {
    const recorded = {
      call: this.id,
      role,
      part,
      key: this.key,
      audience,
      onFailure: this.noteFailure(role, part),
    };
    const [publication, answer] = await described(Publication.of(this.settings, recorded, offer));
    const before = this.publications.get(role);
    if ((before && before.recorded.part >= part) || !this.counts(publication)) {
      await publication.close();
      throw new Refusal(409, 'published-since');
    }
    this.publications.set(role, publication);
    if (this.begunAt !== undefined) publication.begin();
    for (const viewer of this.views.keys()) this.show(viewer, role);
    if (before) await this.end(before);
    return { peer: publication.peer.id, answer };
  }

  /** Offer a viewer what the given parties publish, now and later; the viewer's view before ends. */
  async view(viewer: string, feeds: readonly string[]): Promise<{ peer: string; offer: string }> {
    const view = new View(this.settings, feeds);
    const before = this.views.get(viewer);
    this.views.set(viewer, view);
    await before?.close();
    const offer = await view.peer.describe('offer');
    for (const feed of feeds) this.show(viewer, feed);
    return { peer: view.peer.id, offer };
  }

  /** End what a party publishes; who publishes nothing has ended already. */
  async unpublish(role: string): Promise<void> {
    const publication = this.publications.get(role);
    this.publications.delete(role);
    if (publication) await this.end(publication);
  }

  async answer(peer: string, sdp: string): Promise<void> {
    const view = [...this.views.values()].find((each) => each.peer.id === peer);
    if (!view) throw new Refusal(404, 'no-such-peer');
    await described(view.peer.pc.setRemoteDescription({ type: 'answer', sdp }));
  }

  tick(now: number): void {
    for (const [role, publication] of this.publications) {
      publication.tick(now);
      if (publication.peer.silentMs(now) < GONE_AFTER_MS) continue;
      this.publications.delete(role);
      this.end(publication).catch(this.noteFailure(role, publication.recorded.part));
    }
    for (const [viewer, view] of this.views) {
      // Who sees nothing yet has nothing to report.
      if (view.peer.silentMs(now, this.begunAt ?? now) < GONE_AFTER_MS) continue;
      this.views.delete(viewer);
      view.close().catch(() => {});
    }
  }

  status(): CallStatus {
    const live = [...this.publications.values()].map((publication) => publication.status());
    return { call: this.id, standby: this.begunAt === undefined, parts: [...this.ended, ...live] };
  }

  async close(): Promise<CallStatus> {
    await Promise.all([...this.views.values()].map((view) => view.close()));
    const live = [...this.publications.values()];
    this.views.clear();
    this.publications.clear();
    await Promise.all(live.map((publication) => this.end(publication)));
    return this.status();
  }

  /** Show a viewer what a party publishes, if it is meant for this viewer. */
  private show(viewer: string, role: string): void {
    const publication = this.publications.get(role);
    const isMeant = publication?.recorded.audience?.includes(viewer) ?? true;
    this.views.get(viewer)?.show(role, isMeant ? publication : undefined);
  }

  private async end(publication: Publication): Promise<void> {
    await publication.close();
    if (publication.hasBegun) this.ended.push(publication.status());
  }

  private counts({ recorded: { role, part } }: Publication): boolean {
    return part >= (this.least.get(role) ?? 1);
  }

  private noteFailure(role: string, part: number): (error: unknown) => void {
    return (error) => log('error', 'recording_failed', { call: this.id, role, part, error: kindOf(error) });
  }
}

/** Wait for werift to read a description; one that it cannot read is the client's mistake. */
async function described<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(422, 'bad-description');
  }
}
