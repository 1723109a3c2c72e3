/**
 * A LiveKit agent by somebody else, written from LiveKit's public documentation alone: it greets, hears that
 * one speaks, answers with a tone, and hangs up after the second answer. It knows nothing of this project.
 *
 * `node agent.mjs start` with LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET and FOREIGN_AGENT_NAME;
 * FOREIGN_HANG_UP is `delete` (the room) or `leave`.
 */
import { fileURLToPath } from 'node:url';
import {
  cli,
  defineAgent,
  DEFAULT_API_CONNECT_OPTIONS,
  llm,
  ServerOptions,
  stt,
  tokenize,
  tts,
  voice,
} from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';

const RATE = 24_000;
const LOUD = 400;
const SENTENCES = ['what time do you open', 'thank you and goodbye'];

/** Recognises that somebody speaks, and takes each utterance for the next of its sentences. */
class LoudnessStt extends stt.STT {
  label = 'foreign.Stt';

  constructor() {
    super({ streaming: true, interimResults: true });
  }

  async _recognize() {
    throw new Error('only streams');
  }

  stream(options) {
    return new LoudnessStream(this, undefined, options?.connOptions);
  }
}

class LoudnessStream extends stt.SpeechStream {
  label = 'foreign.SttStream';

  async run() {
    let heard = 0;
    let loudMs = 0;
    let quietMs = 0;
    let isSpeaking = false;
    const put = (type, text) => {
      const alternatives = [{ language: 'en', text, startTime: 0, endTime: 0, confidence: 0.9 }];
      this.queue.put(text === undefined ? { type } : { type, alternatives });
    };
    for await (const frame of this.input) {
      if (frame === stt.SpeechStream.FLUSH_SENTINEL) continue;
      const ms = (frame.samplesPerChannel / frame.sampleRate) * 1000;
      if (loudness(frame.data) > LOUD) {
        loudMs += ms;
        quietMs = 0;
      } else quietMs += ms;
      const sentence = SENTENCES[heard % SENTENCES.length];
      if (!isSpeaking && loudMs > 100) {
        isSpeaking = true;
        put(stt.SpeechEventType.START_OF_SPEECH);
        put(stt.SpeechEventType.INTERIM_TRANSCRIPT, sentence.split(' ').slice(0, 2).join(' '));
      } else if (isSpeaking && quietMs > 700) {
        isSpeaking = false;
        loudMs = 0;
        heard += 1;
        put(stt.SpeechEventType.FINAL_TRANSCRIPT, sentence);
        put(stt.SpeechEventType.END_OF_SPEECH);
      } else if (!isSpeaking && quietMs > 700) loudMs = 0;
    }
  }
}

function loudness(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, samples.length));
}

/** Answers the last thing that the user said. */
class EchoLlm extends llm.LLM {
  label() {
    return 'foreign.Llm';
  }

  chat({ chatCtx, toolCtx, connOptions = DEFAULT_API_CONNECT_OPTIONS }) {
    return new EchoStream(this, { chatCtx, toolCtx, connOptions });
  }
}

class EchoStream extends llm.LLMStream {
  async run() {
    const last = this.chatCtx.items.findLast((item) => item.role === 'user')?.textContent ?? '';
    const content = last.includes('goodbye') ? 'Goodbye then.' : `You said: ${last}.`;
    this.queue.put({ id: 'answer', delta: { role: 'assistant', content } });
    this.queue.close();
  }
}

/** A tone, as long as the words would take. */
class ToneTts extends tts.TTS {
  label = 'foreign.Tts';

  constructor() {
    super(RATE, 1, { streaming: false });
  }

  synthesize(text, connOptions, abortSignal) {
    return new Tone(text, this, connOptions, abortSignal);
  }

  stream() {
    return new tts.StreamAdapter(this, new tokenize.basic.SentenceTokenizer()).stream();
  }
}

class Tone extends tts.ChunkedStream {
  label = 'foreign.Tone';

  async run() {
    const frames = Math.ceil((this.inputText.length * 50) / 20);
    const size = RATE / 50;
    for (let n = 0; n < frames && !this.abortSignal.aborted; n += 1) {
      const frame = AudioFrame.create(RATE, 1, size);
      for (let i = 0; i < size; i += 1) {
        frame.data[i] = Math.sin((2 * Math.PI * 330 * (n * size + i)) / RATE) * 8_000;
      }
      this.queue.put({ requestId: 'tone', segmentId: 'tone', frame, final: n === frames - 1 });
    }
    this.queue.close();
  }
}

export default defineAgent({
  entry: async (ctx) => {
    const session = new voice.AgentSession({
      stt: new LoudnessStt(),
      llm: new EchoLlm(),
      tts: new tts.StreamAdapter(new ToneTts(), new tokenize.basic.SentenceTokenizer()),
      turnHandling: { turnDetection: 'stt', interruption: { enabled: false } },
    });
    await ctx.connect();
    // With a room of its own there is no host for remote sessions, which would tell the caller the instructions.
    const agent = new voice.Agent({ instructions: 'Greet, answer, say goodbye.' });
    session.updateAgent(agent);
    session._roomIO = new voice.RoomIO({ agentSession: session, room: ctx.room });
    session._roomIO.start();
    await session.start({ agent });
    session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
      if (item.role !== 'assistant' || !item.textContent?.startsWith('Goodbye')) return;
      // As LiveKit's own tool for ending calls does it: the session ends first, its last words said.
      session.once(voice.AgentSessionEventTypes.Close, ({ reason }) => {
        const isDeleting = process.env.FOREIGN_HANG_UP === 'delete';
        if (isDeleting) ctx.addShutdownCallback(() => ctx.deleteRoom());
        ctx.shutdown(String(reason));
      });
      session.shutdown();
    });
    session.say('Hello, this is somebody else.');
  },
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  cli.runApp(
    new ServerOptions({
      agent: fileURLToPath(import.meta.url),
      agentName: process.env.FOREIGN_AGENT_NAME,
      numIdleProcesses: 1,
      // By itself the framework ends a process that takes ten seconds to load, and loads another.
      initializeProcessTimeout: 60_000,
      // The machine may be busy with other tests; the worker must take its jobs all the same.
      loadFunc: async () => 0,
      host: '127.0.0.1',
      port: 0,
    }),
  );
}
