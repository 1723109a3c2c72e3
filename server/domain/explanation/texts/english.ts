/** Explanations in English. */
import { figuresIn } from './figures.js';
import type { Gone } from '../gone-of.js';
import type { Texts } from './texts.js';

const { span, percent } = figuresIn('en');

const STAGES = {
  end_of_turn: 'noticing that the caller had finished',
  stt: 'speech to text',
  llm: 'the language model',
  tts: 'text to speech',
  function: 'a function',
};
const PARTS = { transcriber: 'Speech to text', llm: 'The language model', voice: 'The voice' };
const CHOSEN = {
  agent_version_id: 'The request named it by agent_version_id',
  agent_version_number: 'The request named it by agent_version_number',
  agent_id: 'The request named the agent by agent_id, which chose its latest published version',
  agent_name: 'The request named the agent by agent_name, which chose its latest published version',
};
const REFUSED: Readonly<Record<string, string>> = {
  too_long: 'too long',
  too_fast: 'typed too fast after the one before',
  too_many: 'one message too many',
  call_over: 'typed after the end',
};

const times = (count: number): string => ['never', 'once', 'twice'][count] ?? `${count} times`;
const many = (count: number, one: string, several = `${one}s`): string =>
  `${count} ${count === 1 ? one : several}`;
/** Nothing for what is not known, or erased. */
const cited = (before: string, words: string, after = ''): string =>
  words ? `${before}“${words}”${after}` : '';

const GONE = {
  agent: 'the agent was gone and did not come back',
  room: 'the media server had lost the call',
};
const broke = (gone: Gone, error: string): string => (gone ? GONE[gone] : cited('', error));
const because = (gone: Gone, error: string): string =>
  gone || error ? `: ${broke(gone, error)}` : '';

export const english: Texts = {
  ended: {
    user_disconnected: 'The caller hung up',
    agent_disconnected: 'The agent ended the call',
    user_did_not_pick_up: 'Nobody picked up',
    user_busy: 'The line was busy',
    user_unreachable: 'The caller could not be reached',
    invalid_phone_number: 'The number was not valid',
    destination_forbidden: 'The destination may not be called',
    network_failure: "The caller's connection was lost",
    voicemail_detected: 'A voicemail answered',
    system_failure: 'Something broke on our side',
    system_at_capacity: 'All lines were busy',
    insufficient_balance: 'The balance was used up',
    unknown: 'The call ended, and nobody told why',
    terminated_by_api: 'A backend ended the call through the API',
    max_duration_reached: 'The call reached its longest duration',
    silence_timeout: 'The agent ended the call since the caller said nothing for too long',
    agent_did_not_join: 'No agent answered in time',
    caller_never_joined: 'The caller never joined',
    microphone_denied: 'The caller did not allow the microphone',
    page_closed: 'The caller closed the page',
  },
  goingOn: 'The call is going on',
  headline: (outcome, length, titles, more) => {
    const after = length === null ? '' : ` after ${span(length)}`;
    const found = titles.length > 0 ? `: ${titles.join(', ')}` : '';
    return `${outcome}${after}${found}${more > 0 ? ` and ${more} more` : ''}.`;
  },
  started: ({ by, isTest, page, key }) => {
    const who = {
      page: page ? `A visitor of ${page}` : 'A visitor',
      backend: page ? `A backend, for ${page},` : 'A backend',
      livekit: `A LiveKit front end${page ? ` at ${page}` : ''}`,
    }[by];
    return `${who} started the call${isTest ? ' as a trial' : ''}${cited(' with the key ', key)}.`;
  },
  chosen: ({ by, agent, number, title, newest }) => {
    const now =
      newest === null
        ? ''
        : newest > number
          ? `; version ${newest} has been published since`
          : '; it is still the newest';
    return `Version ${number}${cited(' ', title)} of “${agent}” answered for it. ${CHOSEN[by]}${now}.`;
  },
  waited: ({ joined, answered, greeted, isWritten }) => {
    if (joined === null) return 'The caller did not join.';
    const came = `The caller joined ${span(joined)} after the call was created`;
    if (answered === null) return `${came}; no agent answered.`;
    const said =
      greeted === null ? '' : ` and ${isWritten ? 'wrote' : 'was heard'} after ${span(greeted)}`;
    return `${came}; the agent was there ${span(answered)} later${said}.`;
  },
  talked: ({ spoken, typed, agentTurns, isWritten, p50, p90 }) => {
    const took =
      p50 === null
        ? ''
        : `; an answer took ${span(p50)}${p90 === null ? '' : ` at the median, and ${span(p90)} or less nine times in ten`}`;
    const talk = spoken > 0 ? `spoke ${times(spoken)}` : '';
    const wrote = typed > 0 ? `typed ${times(typed)}` : '';
    const nothing = isWritten ? 'typed nothing' : 'said nothing';
    const caller = [talk, wrote].filter(Boolean).join(' and ') || nothing;
    const also = talk && !wrote ? ' and the agent' : ', the agent spoke';
    const agent = isWritten ? ', the agent wrote' : also;
    return `The caller ${caller}${agent} ${times(agentTurns)}${took}.`;
  },
  unstored: 'What was said is not stored, as the version asks.',
  erased: 'What was said has been erased.',
  untold: 'No transcript of the call was reported.',
  did: ({ functions, failed, transferredTo }) => {
    const called =
      functions === 0
        ? ''
        : `The agent called ${many(functions, 'function')}, ${failed === 0 ? 'and none failed' : `of which ${failed} failed`}.`;
    const handed = transferredTo ? `The call was handed over to “${transferredTo}”.` : '';
    return [called, handed].filter(Boolean).join(' ');
  },
  wentOn: (pages) =>
    `The caller reloaded the page or went to another one ${times(pages)}, and the call went on.`,
  connected: ({ codec, protocol, rtt, loss }) => {
    const facts = [
      codec && protocol ? `${codec} over ${protocol}` : codec || protocol,
      rtt === null ? '' : `a round trip of ${span(rtt)}`,
      loss === null ? '' : `${percent(loss)} of the packets lost`,
    ];
    return `By the word of the caller's device, the connection had ${facts.filter(Boolean).join(', ')}.`;
  },
  over: (outcome, length, error, gone) =>
    `${outcome}${length === null ? '' : ` after ${span(length)}`}${because(gone, error)}.`,
  findings: {
    system_failure: {
      title: ({ error, gone }) => broke(gone, error),
      text: ({ error, gone }) => `A failure on our side ended the call${because(gone, error)}.`,
      remedy:
        'Look at the timeline and at the log of the agent worker and of the server at that time. One call: a process was restarted. Many: check /readyz.',
    },
    at_capacity: {
      title: 'turned away',
      text: () => 'The caller was turned away: as many calls were open as the workspace may have.',
      remedy: "Raise the workspace's concurrency_limit, or lower max_call_duration_sec.",
    },
    agent_never_joined: {
      title: 'no agent came',
      text: ({ ms }) => `The caller waited ${span(ms)}, and no agent joined.`,
      remedy:
        'Check that an agent worker is running, registered under the name that the server asks for, and has room for another call.',
    },
    provider_failed: {
      title: 'a provider failed',
      text: ({ part, provider, error, times: count }) =>
        `${PARTS[part]} (${provider}) failed${count > 1 ? `, and ${count - 1} more` : ''}, and nobody took over${cited(': ', error)}.`,
      remedy:
        "Check the provider's key, limits and status, and name a fallback in the version's settings.",
    },
    function_failed: {
      title: 'a function failed',
      text: ({ failed, called, name, error }) =>
        `${failed} of ${many(called, 'function call')} failed, first “${name}”${cited(': ', error)}.`,
      remedy:
        "Look at the call's functions for arguments, answer and time. Check the address and what its server logged; raise the time-out if it only was slow.",
    },
    transfer_failed: {
      title: 'a transfer failed',
      text: ({ to, error }) => `The transfer to “${to}” did not come about${cited(': ', error)}.`,
      remedy: 'Check that the agent exists in this workspace and has a published version.',
    },
    missing_variable: {
      title: 'a variable was missing',
      text: ({ times: count, name }) =>
        `The agent spoke a placeholder literally ${times(count)}: “{{${name}}}” had no value.`,
      remedy:
        'Send the variable with the call, or give it a default in default_dynamic_variables or as {{name | default: "…"}}.',
    },
    agent_twice: {
      title: 'two agents',
      text: () => 'Two agents took part in the call: one followed the other, or both spoke.',
      remedy:
        'Check that only one kind of worker is registered under the agent name, and that nothing beside the join token dispatches an agent. If a worker was restarted, let it finish its calls first.',
    },
    microphone_silent: {
      title: 'the caller was not heard',
      text: ({ ms, isMuted }) =>
        isMuted
          ? `The caller's microphone was muted, and nothing of the caller was heard in ${span(ms)}.`
          : `Nothing of the caller was heard in ${span(ms)}.`,
      remedy:
        'Listen to the left channel of the recording: silence means a muted or wrong device. Let the page show the level of the microphone.',
    },
    microphone_denied: {
      title: 'no microphone',
      text: () => 'The page got no microphone.',
      remedy:
        'Say before the call why the microphone is needed. In an iframe allow it (allow="microphone"); over http it is never given.',
    },
    connection_lost: {
      title: 'the connection broke',
      text: ({ returns, isForGood }) =>
        isForGood
          ? `The caller's connection broke${returns > 0 ? ` after coming back ${times(returns)}` : ''}, and the call ended with it.`
          : `The caller's connection broke and came back ${times(returns)}.`,
      remedy:
        'Mostly the network of the caller. If many callers have it: check that UDP to the media server is open, and that TURN is offered.',
    },
    slow_answer: {
      title: 'slow answers',
      text: ({ slow, answers, ms, stage, stageMs }) =>
        `${slow} of ${many(answers, 'answer')} came late, the slowest after ${span(ms)}${stage ? `, of which ${STAGES[stage]} took ${span(stageMs)}` : ''}.`,
      remedy:
        'By the stage: a faster model, or a shorter prompt; a faster voice, or the audio cache; a higher responsiveness for the end of the turn; a function that answers sooner, or speaks while it works.',
    },
    not_understood: {
      title: 'not understood',
      text: ({ inARow, said }) =>
        `${inARow} turns of the caller in a row were not understood${cited(', from ', said)}.`,
      remedy:
        'Give the intent more examples in the words of callers, or the knowledge a fact that answers it; with a language model, say in the prompt what to do then.',
    },
    caller_repeats: {
      title: 'the caller had to repeat',
      text: ({ times: count, said }) =>
        `The caller said the same thing again ${times(count)}${cited(': ', said)}.`,
      remedy:
        'Read the answer in between: it missed the question, came too late, or the words were heard wrongly (see boosted_keywords).',
    },
    left_before_greeting: {
      title: 'the caller left before the greeting',
      text: ({ ms, isAnswered }) =>
        `The caller left after ${span(ms)}, before the agent ${isAnswered ? 'had said a word' : 'had answered'}.`,
      remedy:
        'If it happens often, shorten the wait: keep a worker warm, let the agent speak first, lower pause_before_speaking_sec.',
    },
    agent_late: {
      title: 'the agent was late',
      text: ({ ms }) => `The caller waited ${span(ms)} for the first sign of the agent.`,
      remedy:
        'Keep workers warm and near, with room for one more call. For the first words: a fixed welcome_message comes sooner than one that a model makes.',
    },
    long_silence: {
      title: 'a long silence',
      text: ({ times: count, ms, whose }) =>
        `Nobody spoke for ${span(ms)}, and it was the ${whose}'s turn${count > 1 ? ` (one of ${count} long silences)` : ''}.`,
      remedy:
        "The caller's: a reminder (reminder_message_interval) or a clearer question. The agent's: see slow_answer and function_failed; a holding message helps.",
    },
    talk_over: {
      title: 'both spoke at once',
      text: ({ times: count, ms }) =>
        `Caller and agent spoke at the same time ${times(count)}, for up to ${span(ms)}.`,
      remedy:
        'Allow interruptions, or raise interruption_sensitivity. If the agent hears itself, the caller needs echo cancellation or a headset.',
    },
    low_confidence: {
      title: 'words heard badly',
      text: ({ low, turns, percent: sure, heard }) =>
        `${low} of ${many(turns, 'turn')} of the caller were recognised with little confidence, one with ${percent(sure)}${cited(': ', heard)}.`,
      remedy:
        "Check the version's language, add names to boosted_keywords, try another transcriber; listen whether the line is noisy.",
    },
    packet_loss: {
      title: 'sound was lost',
      text: ({ p50, p90 }) =>
        `The caller's device lost ${percent(p50)} of the packets at the median and ${percent(p90)} at bad moments.`,
      remedy:
        'Mostly the Wi-Fi or mobile network of the caller. If many have it: look at the network of the media server.',
    },
    slow_connection: {
      title: 'a slow connection',
      text: ({ p50, p90 }) =>
        `A round trip between the caller's device and the media server took ${span(p50)} at the median and ${span(p90)} at bad moments.`,
      remedy:
        'Run a media server nearer to the callers, and check that they do not come by TCP or a relay.',
    },
    provider_fallback: {
      title: 'a fallback stepped in',
      text: ({ part, provider, successor, error }) =>
        `${PARTS[part]} (${provider}) failed${cited(' with ', error)}; ${successor === provider ? 'it went on later' : `${successor} went on`}.`,
      remedy: "The call was saved. Check the provider's key, limits and status.",
    },
    max_duration_reached: {
      title: 'cut off at the longest duration',
      text: ({ ms }) =>
        `The call was cut off after ${span(ms)}, the longest that its version allows.`,
      remedy: 'Raise max_call_duration_sec, or let the agent come to an end sooner.',
    },
    recording_gap: {
      title: 'the recording has a gap',
      text: ({ part, ms }) =>
        part === 'whole'
          ? 'The recording could not be stored: nothing of the call is there.'
          : `The recording lacks ${span(ms)} at the ${part} of the call.`,
      remedy:
        'The worker or its connection to the server broke then: look at the log of the worker, and at the disk or object store.',
    },
    agent_cut_off: {
      title: 'the agent was cut off',
      text: ({ times: count, turns }) =>
        `The caller cut off ${count} of ${many(turns, 'turn')} of the agent.`,
      remedy:
        'Ask for shorter answers in the prompt. If noise cuts the agent off, lower interruption_sensitivity.',
    },
    consent_missing: {
      title: 'no consent',
      text: () => 'The call was recorded, and nobody asked the caller for consent.',
      remedy:
        'Give the widget a consent-text, or send consent with the call; or let the version store nothing (opt_out_sensitive_data_storage).',
    },
    caller_never_joined: {
      title: 'nobody came',
      text: ({ step }) =>
        `The call was created and nobody joined it${cited('; the last step of the device was ', step)}.`,
      remedy:
        'One call: a visitor who changed their mind. Many: check that pages reach the media server (mixed content, firewall), and that nobody creates calls in vain.',
    },
    old_version: {
      title: 'an old version',
      text: ({ number, newest }) =>
        `The call ran version ${number} although version ${newest} had been published.`,
      remedy:
        'If that is not meant (a canary, a rollback): send agent_id alone, and the latest published version answers.',
    },
    text_refused: {
      title: 'typed words were refused',
      text: ({ reason }) =>
        `Something that the caller typed was not taken${REFUSED[reason] ? `: it was ${REFUSED[reason]}` : ''}.`,
      remedy: 'The page was told why, and can say so. Nothing to do unless it happens often.',
    },
    unverified_words: {
      title: 'unverified words',
      text: ({ turns }) =>
        `${many(turns, 'turn')} of the transcript may have been written by the caller in the name of the agent.`,
      remedy:
        'Let your agent report its turns over /v1/agent-jobs; then nothing of the room is taken.',
    },
  },
};
