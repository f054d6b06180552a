const LOOK_EVERY_MS = 100;
const GAIN = 3;

/** Follow the loudness of a stream, from 0 to 1, until the returned function is called. */
export function listenTo(stream: MediaStream, hear: (level: number) => void): () => void {
  const audio = new AudioContext();
  const [source, analyser] = [audio.createMediaStreamSource(stream), audio.createAnalyser()];
  const samples = new Float32Array(analyser.fftSize);
  source.connect(analyser);
  const timer = setInterval(() => {
    void audio.resume();
    analyser.getFloatTimeDomainData(samples);
    hear(Math.min(1, samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0) * GAIN));
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    void audio.close();
  };
}
