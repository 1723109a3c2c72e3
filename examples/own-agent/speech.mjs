/**
 * What the agent hears and speaks with. Put your own here: with OPENAI_API_KEY set it is OpenAI's, otherwise
 * placeholders without an account that notice that somebody speaks and answer with a tone.
 */
import { DEFAULT_API_CONNECT_OPTIONS, llm, stt, tokenize, tts } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';

const RATE = 24_000;
const LOUD = 400;
const PAUSE_MS = 700;

const openai = process.env.OPENAI_API_KEY ? await import('@livekit/agents-plugin-openai') : null;

/** Options of an `AgentSession`. */
export function speech() {
  if (openai) {
    return { stt: new openai.STT(), llm: new openai.LLM(), tts: new openai.TTS() };
  }
  return {
    stt: new PlaceholderStt(),
    llm: new PlaceholderLlm(),
    tts: new tts.StreamAdapter(new PlaceholderTts(), new tokenize.basic.SentenceTokenizer()),
    turnHandling: { turnDetection: 'stt' },
  };
}

/** Hears when somebody speaks, not what. */
class PlaceholderStt extends stt.STT {
  label = 'placeholder.stt';

  constructor() {
    super({ streaming: true, interimResults: false });
  }

  async _recognize() {
    throw new Error('only streams');
  }

  stream(options) {
    return new PlaceholderHearing(this, undefined, options?.connOptions);
  }
}

class PlaceholderHearing extends stt.SpeechStream {
  label = 'placeholder.hearing';

  async run() {
    let utterances = 0;
    let loudMs = 0;
    let quietMs = 0;
    let isSpeaking = false;
    for await (const frame of this.input) {
      if (frame === stt.SpeechStream.FLUSH_SENTINEL) continue;
      const ms = (frame.samplesPerChannel / frame.sampleRate) * 1000;
      const power = frame.data.reduce((sum, one) => sum + one * one, 0) / frame.data.length;
      if (Math.sqrt(power) > LOUD) {
        loudMs += ms;
        quietMs = 0;
      } else quietMs += ms;
      if (!isSpeaking && loudMs > 100) {
        isSpeaking = true;
        this.queue.put({ type: stt.SpeechEventType.START_OF_SPEECH });
      } else if (quietMs > PAUSE_MS) {
        if (isSpeaking) {
          utterances += 1;
          const text = `utterance ${utterances} of ${(loudMs / 1000).toFixed(1)} s`;
          const heard = { language: 'en', text, startTime: 0, endTime: 0, confidence: 1 };
          this.queue.put({ type: stt.SpeechEventType.FINAL_TRANSCRIPT, alternatives: [heard] });
          this.queue.put({ type: stt.SpeechEventType.END_OF_SPEECH });
        }
        isSpeaking = false;
        loudMs = 0;
      }
    }
  }
}

/** Repeats what was heard, and says goodbye to the second utterance. */
class PlaceholderLlm extends llm.LLM {
  label() {
    return 'placeholder.llm';
  }

  chat({ chatCtx, toolCtx, connOptions = DEFAULT_API_CONNECT_OPTIONS }) {
    return new PlaceholderAnswer(this, { chatCtx, toolCtx, connOptions });
  }
}

class PlaceholderAnswer extends llm.LLMStream {
  async run() {
    const heard = this.chatCtx.items.filter((item) => item.role === 'user');
    const last = heard.at(-1)?.textContent ?? 'nothing';
    const content = heard.length > 1 ? 'Goodbye.' : `I heard ${last}.`;
    this.queue.put({ id: `answer_${heard.length}`, delta: { role: 'assistant', content } });
    this.queue.close();
  }
}

/** A tone for as long as the words would take. */
class PlaceholderTts extends tts.TTS {
  label = 'placeholder.tts';

  constructor() {
    super(RATE, 1, { streaming: false });
  }

  synthesize(text, connOptions, abortSignal) {
    return new PlaceholderSpeech(text, this, connOptions, abortSignal);
  }
}

class PlaceholderSpeech extends tts.ChunkedStream {
  label = 'placeholder.speech';

  async run() {
    const frames = Math.ceil((this.inputText.length * 50) / 20);
    for (let n = 0; n < frames && !this.abortSignal.aborted; n += 1) {
      const frame = AudioFrame.create(RATE, 1, RATE / 50);
      for (let i = 0; i < frame.data.length; i += 1) {
        frame.data[i] = Math.sin((2 * Math.PI * 330 * (n * frame.data.length + i)) / RATE) * 8_000;
      }
      this.queue.put({ requestId: 'tone', segmentId: 'tone', frame, final: n === frames - 1 });
    }
    this.queue.close();
  }
}
