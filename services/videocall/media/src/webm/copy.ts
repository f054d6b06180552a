import { element, ID, idBytes, longSize, TRACK, uint, uint64 } from './elements.ts';
import { type Cluster, scanOf } from './reader.ts';
import { ebmlHeader, info } from './writer.ts';

/** How long the last frame is shown. */
const LAST_FRAME_MS = 20;

const seekHead = (cuesAt: number): Buffer =>
  element(
    ID.SeekHead,
    element(ID.Seek, element(ID.SeekID, idBytes(ID.Cues)), element(ID.SeekPosition, uint64(cuesAt))),
  );

const clusterBytes = (cluster: Cluster): Buffer =>
  element(
    ID.Cluster,
    element(ID.Timestamp, uint64(cluster.ms)),
    ...cluster.blocks.toSorted((one, other) => one.ms - other.ms).map((block) => block.bytes),
  );

const cuePoint = (ms: number, track: number, position: number): Buffer =>
  element(
    ID.CuePoint,
    element(ID.CueTime, uint(ms)),
    element(
      ID.CueTrackPositions,
      element(ID.CueTrack, uint(track)),
      element(ID.CueClusterPosition, uint(position)),
    ),
  );

/** Make the file for players from a recorded one: duration, known sizes, cues at key frames, blocks in time order. */
export function playableCopy(recorded: Buffer): Buffer {
  const scan = scanOf(recorded);
  if (!scan.tracks) throw new Error('the recording has no track header');
  const infoBytes = info(scan.startedAt, scan.lastMs + LAST_FRAME_MS);
  const track = scan.frames.video ? TRACK.video : TRACK.audio;
  const clusters: Buffer[] = [];
  const cues: Buffer[] = [];
  let position = seekHead(0).length + infoBytes.length + scan.tracks.length;
  for (const cluster of scan.clusters.filter((each) => each.blocks.length)) {
    const bytes = clusterBytes(cluster);
    if (cluster.keyframe || !scan.frames.video) cues.push(cuePoint(cluster.ms, track, position));
    clusters.push(bytes);
    position += bytes.length;
  }
  const segment = Buffer.concat([
    seekHead(position),
    infoBytes,
    scan.tracks,
    ...clusters,
    element(ID.Cues, ...cues),
  ]);
  return Buffer.concat([ebmlHeader(), idBytes(ID.Segment), longSize(segment.length), segment]);
}
