/** A network that runs on one thread: more of them only wait for each other. */
import ort from 'onnxruntime-node';

/** Throws when the file is missing or not a network. */
export function openSession(path: string): Promise<ort.InferenceSession> {
  return ort.InferenceSession.create(path, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
  });
}
