/** Whether a party's picture and sound reach the media node, and in which part of the recording. */
export type Publication = { publishes: boolean; part: number | null };

export type Recording = 'NONE' | 'STARTING' | 'OK' | 'STALLED';

/** A supervisor speaks to the agent alone, or to both. */
export type Voice = 'WHISPER' | 'BARGE';

/** What the service says of the media of a call; `session` changes when the call moved to another media node. */
export type MediaState = {
  session: number;
  own: Publication;
  other: Publication;
  recording: Recording;
  /** How a supervisor speaks to this party, if one does. */
  supervisor?: Voice | null;
  ice: { servers: readonly IceServer[] };
};

type IceServer = { urls: string[]; username?: string | null; credential?: string | null };

/** The requests of a call's media; each fails as the client of the API fails. */
export type Signalling = {
  read: () => Promise<MediaState>;
  /** Take what `read` would answer whenever it changes, or null when it has to be read again; returns the end of it. */
  watch: (take: (said: MediaState | null) => void) => () => void;
  /** Publish the own picture and sound; asked again, it begins a new part. */
  publish: (offer: string) => Promise<{ answer: string; part: number }>;
  /** See the other party; null while there is nothing to see. */
  view: () => Promise<{ peer: string; offer: string } | null>;
  answer: (peer: string, answer: string) => Promise<unknown>;
};
