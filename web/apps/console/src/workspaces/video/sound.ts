let context: AudioContext | undefined;

/** Unlock sound; browsers play none before a press. */
export function unlock(): AudioContext {
  context ??= new AudioContext();
  void context.resume();
  return context;
}

/** Play the two tones of the ring, unless sound is still locked. */
export function ring(): void {
  if (context?.state !== 'running') return;
  tone(context, 784, 0, 0.22);
  tone(context, 988, 0.26, 0.34);
}

function tone(audio: AudioContext, frequency: number, after: number, lasts: number): void {
  const [oscillator, volume] = [audio.createOscillator(), audio.createGain()];
  const from = audio.currentTime + after;
  oscillator.frequency.value = frequency;
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(0.25, from + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.001, from + lasts);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(from);
  oscillator.stop(from + lasts);
}
