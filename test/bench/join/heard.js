/* global AnalyserNode, AudioContext, MediaStream, MediaStreamAudioSourceNode */
/** Resolves at the first sound of a track, in a way that both pages share. */
export function heard(track) {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 256 });
  new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(
    analyser,
  );
  const samples = new Float32Array(analyser.fftSize);
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      if (samples.every((sample) => Math.abs(sample) < 0.01)) return;
      clearInterval(timer);
      resolve(performance.now());
      void context.close();
    }, 5);
  });
}
