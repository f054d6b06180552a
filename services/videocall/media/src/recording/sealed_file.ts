import { type FileHandle, open } from 'node:fs/promises';
import { firstHead, sealBlock } from './blocks.ts';

/** Append-only file: what is written within `everyMs` becomes one sealed block, which is one write. */
export class SealedFile {
  bytes = 0;
  blocks = 0;
  lastWriteAt: number | undefined;
  head: Buffer;
  private readonly key: Buffer;
  private readonly part: string;
  private readonly onError: (error: unknown) => void;
  private readonly timer: NodeJS.Timeout;
  private pending: Buffer[] = [];
  private handle: FileHandle | undefined;
  private writing: Promise<void>;

  constructor(path: string, key: Buffer, part: string, onError: (error: unknown) => void, everyMs = 250) {
    this.key = key;
    this.part = part;
    this.onError = onError;
    this.head = firstHead(part);
    // `wx`: a part that is there already is never written over.
    this.writing = open(path, 'wx', 0o600).then((handle) => {
      this.handle = handle;
    });
    this.writing.catch(onError);
    this.timer = setInterval(() => this.flush(), everyMs);
  }

  write(bytes: Buffer): void {
    this.pending.push(bytes);
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.flush();
    try {
      await this.writing;
      await this.handle?.sync();
    } finally {
      await this.handle?.close();
    }
  }

  private flush(): void {
    if (!this.pending.length) return;
    const plain = Buffer.concat(this.pending);
    this.pending = [];
    this.writing = this.writing.then(() => this.append(plain));
    this.writing.catch(this.onError);
  }

  private async append(plain: Buffer): Promise<void> {
    const block = sealBlock(this.key, this.part, this.blocks, this.head, plain);
    await this.handle?.writeFile(block.bytes);
    this.head = block.head;
    this.blocks += 1;
    this.bytes += block.bytes.length;
    this.lastWriteAt = Date.now();
  }
}
