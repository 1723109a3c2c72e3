"""A LiveKit agent by somebody else, written from LiveKit's public documentation alone.

It greets, hears that one speaks, answers with a tone, and hangs up after the second answer. It knows
nothing of this project. `python agent.py start` with LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET and
FOREIGN_AGENT_NAME; FOREIGN_HANG_UP is `delete` (the room) or `leave`.
"""

import array
import math
import os

from livekit.agents import (
    DEFAULT_API_CONNECT_OPTIONS,
    Agent,
    AgentSession,
    JobContext,
    WorkerOptions,
    cli,
    llm,
    stt,
    tts,
)

RATE = 24_000
LOUD = 400
SENTENCES = ["what time do you open", "thank you and goodbye"]


class LoudnessStt(stt.STT):
    """Recognises that somebody speaks, and takes each utterance for the next of its sentences."""

    def __init__(self) -> None:
        super().__init__(
            capabilities=stt.STTCapabilities(
                streaming=True, interim_results=True, offline_recognize=False
            )
        )

    async def _recognize_impl(self, buffer, *, language=None, conn_options=None):
        raise NotImplementedError("only streams")

    def stream(self, *, language=None, conn_options=DEFAULT_API_CONNECT_OPTIONS):
        return LoudnessStream(stt=self, conn_options=conn_options)


class LoudnessStream(stt.RecognizeStream):
    async def _run(self) -> None:
        heard = 0
        loud_ms = quiet_ms = 0.0
        is_speaking = False
        async for frame in self._input_ch:
            if isinstance(frame, self._FlushSentinel):
                continue
            ms = frame.samples_per_channel / frame.sample_rate * 1000
            if loudness(frame.data) > LOUD:
                loud_ms += ms
                quiet_ms = 0
            else:
                quiet_ms += ms
            sentence = SENTENCES[heard % len(SENTENCES)]
            if not is_speaking and loud_ms > 100:
                is_speaking = True
                self._tell(stt.SpeechEventType.START_OF_SPEECH)
                first_words = " ".join(sentence.split()[:2])
                self._tell(stt.SpeechEventType.INTERIM_TRANSCRIPT, first_words)
            elif is_speaking and quiet_ms > 700:
                is_speaking = False
                loud_ms = 0
                heard += 1
                self._tell(stt.SpeechEventType.FINAL_TRANSCRIPT, sentence)
                self._tell(stt.SpeechEventType.END_OF_SPEECH)
            elif not is_speaking and quiet_ms > 700:
                loud_ms = 0

    def _tell(self, kind: stt.SpeechEventType, text: str | None = None) -> None:
        said = [] if text is None else [stt.SpeechData(language="en", text=text, confidence=0.9)]
        self._event_ch.send_nowait(stt.SpeechEvent(type=kind, alternatives=said))


def loudness(data) -> float:
    samples = array.array("h", bytes(data))
    return math.sqrt(sum(one * one for one in samples) / max(1, len(samples)))


class EchoLlm(llm.LLM):
    """Answers the last thing that the user said."""

    def chat(self, *, chat_ctx, tools=None, conn_options=DEFAULT_API_CONNECT_OPTIONS, **_):
        return EchoStream(self, chat_ctx=chat_ctx, tools=tools or [], conn_options=conn_options)


class EchoStream(llm.LLMStream):
    async def _run(self) -> None:
        said = [one for one in self._chat_ctx.items if one.type == "message" and one.role == "user"]
        last = said[-1].text_content if said else ""
        content = "Goodbye then." if "goodbye" in last else f"You said: {last}."
        delta = llm.ChoiceDelta(role="assistant", content=content)
        self._event_ch.send_nowait(llm.ChatChunk(id="answer", delta=delta))


class ToneTts(tts.TTS):
    """A tone, as long as the words would take."""

    def __init__(self) -> None:
        super().__init__(
            capabilities=tts.TTSCapabilities(streaming=False), sample_rate=RATE, num_channels=1
        )

    def synthesize(self, text, *, conn_options=DEFAULT_API_CONNECT_OPTIONS):
        return Tone(tts=self, input_text=text, conn_options=conn_options)


class Tone(tts.ChunkedStream):
    async def _run(self, output_emitter: tts.AudioEmitter) -> None:
        output_emitter.initialize(
            request_id="tone", sample_rate=RATE, num_channels=1, mime_type="audio/pcm"
        )
        samples = len(self.input_text) * RATE // 20
        wave = (int(8000 * math.sin(2 * math.pi * 330 * n / RATE)) for n in range(samples))
        output_emitter.push(array.array("h", wave).tobytes())
        output_emitter.flush()


async def entrypoint(ctx: JobContext) -> None:
    session = AgentSession(
        stt=LoudnessStt(),
        llm=EchoLlm(),
        tts=ToneTts(),
        vad=None,
        turn_handling={"turn_detection": "stt", "interruption": {"enabled": False}},
    )

    async def delete_room() -> None:
        await ctx.delete_room()

    def end_job(event) -> None:
        if os.environ["FOREIGN_HANG_UP"] == "delete":
            ctx.add_shutdown_callback(delete_room)
        ctx.shutdown(event.reason.value)

    @session.on("conversation_item_added")
    def hang_up_after_goodbye(event) -> None:
        item = event.item
        if item.type != "message" or item.role != "assistant":
            return
        if (item.text_content or "").startswith("Goodbye"):
            # As LiveKit's own tool for ending calls does it: the session ends first, its last words said.
            session.once("close", end_job)
            session.shutdown()

    await ctx.connect()
    await session.start(agent=Agent(instructions="Greet, answer, say goodbye."), room=ctx.room)
    session.say("Hello, this is somebody else.")


if __name__ == "__main__":
    cli.run_app(
        WorkerOptions(
            entrypoint_fnc=entrypoint,
            agent_name=os.environ["FOREIGN_AGENT_NAME"],
            num_idle_processes=1,
            # The machine may be busy with other tests; the worker must take its jobs all the same.
            load_fnc=lambda: 0.0,
            initialize_process_timeout=60,
            host="127.0.0.1",
            port=0,
        )
    )
