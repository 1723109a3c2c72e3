/** Explanations in German. */
import { figuresIn } from './figures.js';
import type { Gone } from '../gone-of.js';
import type { Texts } from './texts.js';

const { span, percent } = figuresIn('de');

const STAGES = {
  end_of_turn: 'das Bemerken, dass der Anrufer fertig war,',
  stt: 'die Spracherkennung',
  llm: 'das Sprachmodell',
  tts: 'die Sprachausgabe',
  function: 'eine Funktion',
};
const PARTS = { transcriber: 'Die Spracherkennung', llm: 'Das Sprachmodell', voice: 'Die Stimme' };
const CHOSEN = {
  agent_version_id: 'Die Anfrage nannte sie mit agent_version_id',
  agent_version_number: 'Die Anfrage nannte sie mit agent_version_number',
  agent_id:
    'Die Anfrage nannte den Agenten mit agent_id, also seine neueste veröffentlichte Version',
  agent_name:
    'Die Anfrage nannte den Agenten mit agent_name, also seine neueste veröffentlichte Version',
};
const REFUSED: Readonly<Record<string, string>> = {
  too_long: 'zu lang',
  too_fast: 'zu schnell nach dem vorigen getippt',
  too_many: 'eine Nachricht zu viel',
  call_over: 'nach dem Ende getippt',
};
const WHOSE = { caller: 'der Anrufer', agent: 'der Agent' };
const PLACES = { beginning: 'am Anfang', end: 'am Ende' };

const times = (count: number): string => (count === 1 ? 'einmal' : `${count}-mal`);
/** Nothing for what is not known, or erased. */
const cited = (before: string, words: string, after = ''): string =>
  words ? `${before}„${words}“${after}` : '';

const GONE = {
  agent: 'der Agent war weg und kam nicht wieder',
  room: 'der Medienserver hatte das Gespräch verloren',
};
const broke = (gone: Gone, error: string): string => (gone ? GONE[gone] : cited('', error));
const because = (gone: Gone, error: string): string =>
  gone || error ? `: ${broke(gone, error)}` : '';

export const german: Texts = {
  ended: {
    user_disconnected: 'Der Anrufer hat aufgelegt',
    agent_disconnected: 'Der Agent hat das Gespräch beendet',
    user_did_not_pick_up: 'Niemand hat abgenommen',
    user_busy: 'Es war besetzt',
    user_unreachable: 'Der Angerufene war nicht erreichbar',
    invalid_phone_number: 'Die Nummer war ungültig',
    destination_forbidden: 'Das Ziel darf nicht angerufen werden',
    network_failure: 'Die Verbindung des Anrufers ging verloren',
    voicemail_detected: 'Ein Anrufbeantworter hat abgenommen',
    system_failure: 'Auf unserer Seite ist etwas ausgefallen',
    system_at_capacity: 'Alle Leitungen waren belegt',
    insufficient_balance: 'Das Guthaben war verbraucht',
    unknown: 'Das Gespräch endete, und niemand sagte warum',
    terminated_by_api: 'Ein Backend hat das Gespräch über die API beendet',
    max_duration_reached: 'Das Gespräch erreichte seine längste Dauer',
    silence_timeout: 'Der Agent beendete das Gespräch, weil der Anrufer zu lange schwieg',
    agent_did_not_join: 'Kein Agent hat rechtzeitig geantwortet',
    caller_never_joined: 'Der Anrufer ist nie gekommen',
    microphone_denied: 'Der Anrufer hat das Mikrofon nicht erlaubt',
    page_closed: 'Der Anrufer hat die Seite geschlossen',
  },
  goingOn: 'Das Gespräch läuft',
  headline: (outcome, length, titles, more) => {
    const lasted = length === null ? '' : ` (${span(length)})`;
    const found = titles.length > 0 ? `: ${titles.join(', ')}` : '';
    return `${outcome}${lasted}${found}${more > 0 ? ` und ${more} weitere` : ''}.`;
  },
  started: ({ by, isTest, page, key }) => {
    const who = {
      page: page ? `Ein Besucher von ${page}` : 'Ein Besucher',
      backend: page ? `Ein Backend, für ${page},` : 'Ein Backend',
      livekit: `Ein LiveKit-Frontend${page ? ` auf ${page}` : ''}`,
    }[by];
    return `${who} hat das Gespräch${isTest ? ' zum Test' : ''} begonnen${cited(', mit dem Schlüssel ', key)}.`;
  },
  chosen: ({ by, agent, number, title, newest }) => {
    const now =
      newest === null
        ? ''
        : newest > number
          ? `; seither wurde Version ${newest} veröffentlicht`
          : '; sie ist noch die neueste';
    return `Es antwortete Version ${number}${cited(' ', title)} von „${agent}“. ${CHOSEN[by]}${now}.`;
  },
  waited: ({ joined, answered, greeted, isWritten }) => {
    if (joined === null) return 'Der Anrufer kam nicht hinzu.';
    const came = `Der Anrufer kam ${span(joined)} nach dem Anlegen hinzu`;
    if (answered === null) return `${came}; kein Agent hat geantwortet.`;
    const said =
      greeted === null
        ? ''
        : ` und ${isWritten ? `schrieb nach ${span(greeted)}` : `war nach ${span(greeted)} zu hören`}`;
    return `${came}; der Agent war ${span(answered)} später da${said}.`;
  },
  talked: ({ spoken, typed, agentTurns, isWritten, p50, p90 }) => {
    const took =
      p50 === null
        ? ''
        : `; eine Antwort brauchte ${p90 === null ? '' : 'im Median '}${span(p50)}${p90 === null ? '' : `, neun von zehn höchstens ${span(p90)}`}`;
    const talk = spoken > 0 ? `sprach ${times(spoken)}` : '';
    const wrote = typed > 0 ? `schrieb ${times(typed)}` : '';
    const nothing = isWritten ? 'schrieb nichts' : 'sagte nichts';
    const caller = [talk, wrote].filter(Boolean).join(' und ') || nothing;
    const also = talk && !wrote ? 'der Agent' : 'der Agent sprach';
    const agent = isWritten ? 'der Agent schrieb' : also;
    return `Der Anrufer ${caller}, ${agent} ${times(agentTurns)}${took}.`;
  },
  unstored: 'Was gesagt wurde, ist nicht gespeichert: so will es die Version.',
  erased: 'Was gesagt wurde, ist gelöscht.',
  untold: 'Ein Transkript wurde nicht gemeldet.',
  did: ({ functions, failed, transferredTo }) => {
    const called =
      functions === 0
        ? ''
        : `Der Agent rief ${functions === 1 ? 'eine Funktion' : `${functions} Funktionen`} auf; ${failed === 0 ? 'keine schlug' : failed === 1 ? 'eine schlug' : `${failed} schlugen`} fehl.`;
    const handed = transferredTo ? `Das Gespräch wurde an „${transferredTo}“ übergeben.` : '';
    return [called, handed].filter(Boolean).join(' ');
  },
  wentOn: (pages) =>
    `Der Anrufer hat die Seite ${times(pages)} neu geladen oder gewechselt, und das Gespräch ging weiter.`,
  connected: ({ codec, protocol, rtt, loss }) => {
    const facts = [
      codec && protocol ? `${codec} über ${protocol}` : codec || protocol,
      rtt === null ? '' : `eine Umlaufzeit von ${span(rtt)}`,
      loss === null ? '' : `${percent(loss)} Paketverlust`,
    ];
    return `Nach Angabe des Geräts hatte die Verbindung des Anrufers ${facts.filter(Boolean).join(', ')}.`;
  },
  over: (outcome, length, error, gone) =>
    `${outcome}${length === null ? '' : ` (${span(length)})`}${because(gone, error)}.`,
  findings: {
    system_failure: {
      title: ({ error, gone }) => broke(gone, error),
      text: ({ error, gone }) =>
        `Ein Ausfall auf unserer Seite beendete das Gespräch${because(gone, error)}.`,
      remedy:
        'Zeitleiste und Protokoll von Agent und Server zu dieser Zeit ansehen. Ein Gespräch: ein Prozess wurde neu gestartet. Viele: /readyz prüfen.',
    },
    at_capacity: {
      title: 'abgewiesen',
      text: () =>
        'Der Anrufer wurde abgewiesen: Es waren so viele Gespräche offen, wie der Workspace haben darf.',
      remedy: 'concurrency_limit des Workspace erhöhen oder max_call_duration_sec senken.',
    },
    agent_never_joined: {
      title: 'kein Agent kam',
      text: ({ ms }) => `Der Anrufer wartete ${span(ms)}, und kein Agent kam hinzu.`,
      remedy:
        'Prüfen, ob ein Agent-Worker läuft, unter dem Namen angemeldet ist, nach dem der Server fragt, und noch Platz für ein Gespräch hat.',
    },
    provider_failed: {
      title: 'ein Anbieter fiel aus',
      text: ({ part, provider, error, times: count }) =>
        `${PARTS[part]} (${provider}) fiel aus${count > 1 ? `, dazu ${count - 1} weitere` : ''}, und niemand sprang ein${cited(': ', error)}.`,
      remedy:
        'Schlüssel, Grenzen und Zustand des Anbieters prüfen; in den Einstellungen der Version einen Ersatz nennen.',
    },
    function_failed: {
      title: 'eine Funktion schlug fehl',
      text: ({ failed, called, name, error }) =>
        `${failed} von ${called} Funktionsaufrufen schlugen fehl, zuerst „${name}“${cited(': ', error)}.`,
      remedy:
        'In den Funktionen des Gesprächs Argumente, Antwort und Zeit ansehen. Adresse und Protokoll ihres Servers prüfen; war sie nur langsam, die Frist verlängern.',
    },
    transfer_failed: {
      title: 'eine Übergabe misslang',
      text: ({ to, error }) => `Die Übergabe an „${to}“ kam nicht zustande${cited(': ', error)}.`,
      remedy:
        'Prüfen, ob es den Agenten in diesem Workspace gibt und er eine veröffentlichte Version hat.',
    },
    missing_variable: {
      title: 'eine Variable fehlte',
      text: ({ times: count, name }) =>
        `Der Agent sprach ${times(count)} einen Platzhalter wörtlich: „{{${name}}}“ hatte keinen Wert.`,
      remedy:
        'Die Variable mit dem Gespräch senden oder ihr in default_dynamic_variables oder mit {{name | default: "…"}} einen Wert geben.',
    },
    agent_twice: {
      title: 'zwei Agenten',
      text: () =>
        'Zwei Agenten nahmen am Gespräch teil: Einer folgte dem anderen, oder beide sprachen.',
      remedy:
        'Prüfen, ob nur eine Art von Worker unter dem Namen des Agenten angemeldet ist und nichts außer dem Token einen Agenten ruft. Vor einem Neustart die Gespräche zu Ende führen lassen.',
    },
    microphone_silent: {
      title: 'der Anrufer war nicht zu hören',
      text: ({ ms, isMuted }) =>
        isMuted
          ? `Das Mikrofon des Anrufers war stumm; in ${span(ms)} war nichts von ihm zu hören.`
          : `In ${span(ms)} war nichts vom Anrufer zu hören.`,
      remedy:
        'Den linken Kanal der Aufnahme anhören: Stille bedeutet stumm oder das falsche Gerät. Die Seite sollte den Pegel des Mikrofons zeigen.',
    },
    microphone_denied: {
      title: 'kein Mikrofon',
      text: () => 'Die Seite bekam kein Mikrofon.',
      remedy:
        'Vor dem Gespräch sagen, wozu das Mikrofon nötig ist. In einem iframe muss es erlaubt sein (allow="microphone"); über http gibt es nie eines.',
    },
    connection_lost: {
      title: 'die Verbindung brach ab',
      text: ({ returns, isForGood }) =>
        isForGood
          ? `Die Verbindung des Anrufers brach ab${returns > 0 ? `, nachdem sie ${times(returns)} wiedergekommen war` : ''}, und damit das Gespräch.`
          : `Die Verbindung des Anrufers brach ab und kam ${times(returns)} wieder.`,
      remedy:
        'Meist das Netz des Anrufers. Bei vielen Anrufern: prüfen, ob UDP zum Medienserver offen ist und TURN angeboten wird.',
    },
    slow_answer: {
      title: 'langsame Antworten',
      text: ({ slow, answers, ms, stage, stageMs }) =>
        `${slow} von ${answers} Antworten kamen spät, die langsamste nach ${span(ms)}${stage ? `, davon brauchte ${STAGES[stage]} ${span(stageMs)}` : ''}.`,
      remedy:
        'Je nach Stufe: ein schnelleres Modell oder ein kürzerer Prompt; eine schnellere Stimme oder der Audio-Cache; höhere responsiveness für das Ende des Beitrags; eine Funktion, die eher antwortet oder währenddessen spricht.',
    },
    not_understood: {
      title: 'nicht verstanden',
      text: ({ inARow, said }) =>
        `${inARow} Beiträge des Anrufers hintereinander wurden nicht verstanden${cited(', ab ', said)}.`,
      remedy:
        'Dem Intent mehr Beispiele in den Worten der Anrufer geben oder dem Wissen eine passende Tatsache; mit einem Sprachmodell im Prompt sagen, was dann zu tun ist.',
    },
    caller_repeats: {
      title: 'der Anrufer musste sich wiederholen',
      text: ({ times: count, said }) =>
        `Der Anrufer sagte ${times(count)} dasselbe noch einmal${cited(': ', said)}.`,
      remedy:
        'Die Antwort dazwischen lesen: Sie ging an der Frage vorbei, kam zu spät, oder die Worte wurden falsch erkannt (siehe boosted_keywords).',
    },
    left_before_greeting: {
      title: 'der Anrufer ging vor der Begrüßung',
      text: ({ ms, isAnswered }) =>
        `Der Anrufer ging nach ${span(ms)}, bevor der Agent ${isAnswered ? 'ein Wort gesagt' : 'geantwortet'} hatte.`,
      remedy:
        'Geschieht es oft, die Wartezeit verkürzen: einen Worker warm halten, den Agenten zuerst sprechen lassen, pause_before_speaking_sec senken.',
    },
    agent_late: {
      title: 'der Agent kam spät',
      text: ({ ms }) => `Der Anrufer wartete ${span(ms)} auf das erste Zeichen des Agenten.`,
      remedy:
        'Worker warm und nahe halten, mit Platz für ein weiteres Gespräch. Eine feste welcome_message kommt eher als eine, die ein Modell macht.',
    },
    long_silence: {
      title: 'lange Stille',
      text: ({ times: count, ms, whose }) =>
        `${span(ms)} lang sprach niemand, und ${WHOSE[whose]} war an der Reihe${count > 1 ? ` (eine von ${count} langen Pausen)` : ''}.`,
      remedy:
        'Beim Anrufer: eine Erinnerung (reminder_message_interval) oder eine klarere Frage. Beim Agenten: siehe slow_answer und function_failed; eine Überbrückung hilft.',
    },
    talk_over: {
      title: 'beide sprachen zugleich',
      text: ({ times: count, ms }) =>
        `Anrufer und Agent sprachen ${times(count)} zugleich, bis zu ${span(ms)} lang.`,
      remedy:
        'Unterbrechungen erlauben oder interruption_sensitivity erhöhen. Hört der Agent sich selbst, braucht der Anrufer Echounterdrückung oder ein Headset.',
    },
    low_confidence: {
      title: 'schlecht erkannte Worte',
      text: ({ low, turns, percent: sure, heard }) =>
        `${low} von ${turns} Beiträgen des Anrufers wurden unsicher erkannt, einer mit ${percent(sure)}${cited(': ', heard)}.`,
      remedy:
        'Die Sprache der Version prüfen, Namen in boosted_keywords aufnehmen, eine andere Spracherkennung versuchen; anhören, ob die Leitung rauscht.',
    },
    packet_loss: {
      title: 'Ton ging verloren',
      text: ({ p50, p90 }) =>
        `Das Gerät des Anrufers verlor im Median ${percent(p50)} der Pakete, in schlechten Momenten ${percent(p90)}.`,
      remedy:
        'Meist das WLAN oder Mobilnetz des Anrufers. Bei vielen Anrufern: das Netz des Medienservers ansehen.',
    },
    slow_connection: {
      title: 'eine langsame Verbindung',
      text: ({ p50, p90 }) =>
        `Ein Umlauf zwischen dem Gerät des Anrufers und dem Medienserver brauchte im Median ${span(p50)}, in schlechten Momenten ${span(p90)}.`,
      remedy:
        'Einen Medienserver näher bei den Anrufern betreiben; prüfen, ob sie über TCP oder ein Relay kommen.',
    },
    provider_fallback: {
      title: 'ein Ersatz sprang ein',
      text: ({ part, provider, successor, error }) =>
        `${PARTS[part]} (${provider}) fiel aus${cited(' mit ', error)}; ${successor === provider ? 'später ging es damit weiter' : `es ging mit ${successor} weiter`}.`,
      remedy: 'Das Gespräch ging weiter. Schlüssel, Grenzen und Zustand des Anbieters prüfen.',
    },
    max_duration_reached: {
      title: 'bei der längsten Dauer abgeschnitten',
      text: ({ ms }) =>
        `Das Gespräch wurde nach ${span(ms)} abgeschnitten, der längsten Dauer seiner Version.`,
      remedy: 'max_call_duration_sec erhöhen oder den Agenten eher zum Ende kommen lassen.',
    },
    recording_gap: {
      title: 'die Aufnahme hat eine Lücke',
      text: ({ part, ms }) =>
        part === 'whole'
          ? 'Die Aufnahme ließ sich nicht speichern: vom Gespräch ist nichts da.'
          : `Der Aufnahme fehlen ${span(ms)} ${PLACES[part]} des Gesprächs.`,
      remedy:
        'Der Worker oder seine Verbindung zum Server fiel da aus: das Protokoll des Workers und die Platte oder den Objektspeicher ansehen.',
    },
    agent_cut_off: {
      title: 'der Agent wurde unterbrochen',
      text: ({ times: count, turns }) =>
        `Der Anrufer unterbrach ${count} von ${turns} Beiträgen des Agenten.`,
      remedy:
        'Im Prompt um kürzere Antworten bitten. Unterbricht Lärm den Agenten, interruption_sensitivity senken.',
    },
    consent_missing: {
      title: 'keine Einwilligung',
      text: () => 'Das Gespräch wurde aufgenommen, und niemand bat den Anrufer um Einwilligung.',
      remedy:
        'Dem Widget einen consent-text geben oder consent mit dem Gespräch senden; oder die Version nichts speichern lassen (opt_out_sensitive_data_storage).',
    },
    caller_never_joined: {
      title: 'niemand kam',
      text: ({ step }) =>
        `Das Gespräch wurde angelegt, und niemand kam hinzu${cited('; der letzte Schritt des Geräts war ', step)}.`,
      remedy:
        'Ein Gespräch: ein Besucher, der es sich anders überlegt hat. Viele: prüfen, ob Seiten den Medienserver erreichen (gemischte Inhalte, Firewall) und niemand unnütz Gespräche anlegt.',
    },
    old_version: {
      title: 'eine alte Version',
      text: ({ number, newest }) =>
        `Es antwortete Version ${number}, obwohl Version ${newest} veröffentlicht war.`,
      remedy:
        'Ist das nicht gewollt (ein Versuch, eine Rücknahme): nur agent_id senden, dann antwortet die neueste veröffentlichte Version.',
    },
    text_refused: {
      title: 'Getipptes wurde abgelehnt',
      text: ({ reason }) =>
        `Etwas, das der Anrufer tippte, wurde nicht angenommen${REFUSED[reason] ? `: Es war ${REFUSED[reason]}` : ''}.`,
      remedy: 'Die Seite weiß warum und kann es sagen. Nichts zu tun, wenn es selten geschieht.',
    },
    unverified_words: {
      title: 'ungeprüfte Worte',
      text: ({ turns }) =>
        `${turns === 1 ? 'Ein Beitrag' : `${turns} Beiträge`} des Transkripts kann der Anrufer im Namen des Agenten geschrieben haben.`,
      remedy:
        'Den eigenen Agenten seine Beiträge über /v1/agent-jobs melden lassen; dann gilt nichts aus dem Raum.',
    },
  },
};
