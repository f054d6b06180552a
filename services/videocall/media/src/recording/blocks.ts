import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/**
 * The form of a recording on disk: sealed blocks, each followed by the chain's value behind it.
 *
 *     length (4, of nonce to tag) | nonce (12) | ciphertext | tag (16) | chain value (32)
 *
 * A block is everything before its chain value. The chain is over what lies on disk, so that it can be
 * verified without the key: h_n = sha256(h_(n-1) || sha256(block)), and h_0 = sha256(name of the part).
 */
const LENGTH = 4;
const NONCE = 12;
const TAG = 16;
const LINK = 32;

export interface Block {
  readonly bytes: Buffer;
  readonly head: Buffer;
}

const sha256 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The head of a recording in which nothing is written yet. `part` is `<call>/<role>/<number>`. */
export const firstHead = (part: string): Buffer => sha256(part);

/** Seal what was written, bound to its part and place; `bytes` are for the disk, `head` is the chain's next value. */
export function sealBlock(key: Buffer, part: string, index: number, previous: Buffer, plain: Buffer): Block {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(`${part}/${index}`));
  const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  const length = Buffer.alloc(LENGTH);
  length.writeUInt32BE(sealed.length);
  const block = Buffer.concat([length, sealed]);
  const head = sha256(previous, sha256(block));
  return { bytes: Buffer.concat([block, head]), head };
}

/** The bytes of a part in the clear, up to the last block that was written whole. Throws where one was changed. */
export function openBlocks(key: Buffer, part: string, file: Buffer): Buffer {
  const plain: Buffer[] = [];
  let at = 0;
  while (at + LENGTH <= file.length) {
    const end = at + LENGTH + file.readUInt32BE(at);
    if (end + LINK > file.length) break;
    const decipher = createDecipheriv('aes-256-gcm', key, file.subarray(at + LENGTH, at + LENGTH + NONCE));
    decipher.setAAD(Buffer.from(`${part}/${plain.length}`));
    decipher.setAuthTag(file.subarray(end - TAG, end));
    plain.push(
      Buffer.concat([decipher.update(file.subarray(at + LENGTH + NONCE, end - TAG)), decipher.final()]),
    );
    at = end + LINK;
  }
  return Buffer.concat(plain);
}
