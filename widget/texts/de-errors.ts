/** German messages and remedies for the error codes of the SDK. */
import type { TextRefusal } from '../../sdk/index.js';
import type { ErrorText, Texts } from './texts.js';

/** Where only the owner of the page can mend it. */
export const TELL_OWNER = 'Bitte sagen Sie dem Betreiber dieser Seite Bescheid.';
const LATER = 'Versuchen Sie es gleich noch einmal.';

const notSetUp: ErrorText = {
  message: 'Der Anruf ist auf dieser Seite falsch eingerichtet.',
  remedy: TELL_OWNER,
};
const unavailable: ErrorText = {
  message: 'Der Anrufdienst ist zurzeit gestört.',
  remedy: LATER,
};
const agentFailed: ErrorText = { message: 'Der Agent hat den Anruf abgebrochen.', remedy: LATER };

/** A row for each error that a visitor can act on, and some more. */
export const germanErrors: Texts['errors'] = {
  unsupported_browser: {
    message: 'Mit diesem Browser kann man nicht anrufen.',
    remedy: 'Verwenden Sie eine aktuelle Version von Chrome, Edge, Firefox oder Safari.',
  },
  insecure_context: {
    message: 'Der Browser erlaubt das Mikrofon nur auf sicheren Seiten.',
    remedy: 'Öffnen Sie diese Seite über https.',
  },
  microphone_denied: {
    message: 'Das Mikrofon ist für diese Seite gesperrt.',
    remedy: 'Erlauben Sie es in den Einstellungen des Browsers und versuchen Sie es erneut.',
  },
  microphone_dismissed: {
    message: 'Die Frage nach dem Mikrofon blieb unbeantwortet.',
    remedy: 'Versuchen Sie es erneut und wählen Sie „Zulassen“.',
  },
  microphone_in_use: {
    message: 'Das Mikrofon wird vielleicht von einem anderen Programm benutzt.',
    remedy: 'Schließen Sie andere Programme und versuchen Sie es erneut.',
  },
  microphone_not_found: {
    message: 'Es wurde kein Mikrofon gefunden.',
    remedy: 'Schließen Sie ein Mikrofon an und versuchen Sie es erneut.',
  },
  microphone_failed: { message: 'Das Mikrofon ließ sich nicht öffnen.', remedy: LATER },
  microphone_lost: {
    message: 'Das Mikrofon wurde während des Anrufs getrennt.',
    remedy: 'Schließen Sie ein Mikrofon an oder wählen Sie ein anderes.',
  },
  speaker_unsupported: {
    message: 'Dieser Browser kann den Lautsprecher nicht wechseln.',
    remedy: 'Wählen Sie den Lautsprecher in den Toneinstellungen des Systems.',
  },
  media_code_failed: {
    message: 'Ein Teil des Anrufprogramms ließ sich nicht laden.',
    remedy: 'Prüfen Sie die Verbindung und laden Sie die Seite neu.',
  },
  offline: {
    message: 'Dieses Gerät ist offline.',
    remedy: 'Verbinden Sie es mit dem Internet und versuchen Sie es erneut.',
  },
  network_unreachable: {
    message: 'Der Anrufdienst ist nicht erreichbar.',
    remedy: 'Prüfen Sie Ihre Internetverbindung und versuchen Sie es erneut.',
  },
  grant_expired: { message: 'Der Aufbau der Verbindung hat zu lange gedauert.', remedy: LATER },
  connection_failed: {
    message: 'Die Tonverbindung kam nicht zustande.',
    remedy: 'Prüfen Sie, ob Ihr Netz Anrufe erlaubt, oder versuchen Sie ein anderes.',
  },
  connection_lost: {
    message: 'Die Verbindung ist abgebrochen.',
    remedy: 'Prüfen Sie die Verbindung und rufen Sie erneut an.',
  },
  agent_did_not_join: { message: 'Niemand hat den Anruf angenommen.', remedy: LATER },
  agent_failed: agentFailed,
  audio_blocked: {
    message: 'Der Browser hält den Ton zurück, bis die Seite angeklickt wird.',
    remedy: 'Klicken Sie auf die Seite, um den Agenten zu hören.',
  },
  text_not_sent: {
    message: 'Die Nachricht konnte nicht gesendet werden.',
    remedy: 'Senden Sie sie noch einmal.',
  },
  call_elsewhere: {
    message: 'In diesem Browser läuft schon ein Anruf.',
    remedy:
      'Beenden Sie ihn zuerst, hier oder in einem anderen Tab, dann versuchen Sie es noch einmal.',
  },
  aborted: {
    message: 'Der Anruf wurde abgebrochen, bevor er verbunden war.',
    remedy: 'Rufen Sie erneut an.',
  },
  request_timeout: {
    message: 'Der Anrufdienst hat nicht rechtzeitig geantwortet.',
    remedy: 'Prüfen Sie die Verbindung, und versuchen Sie es noch einmal.',
  },
  conflict: { message: 'Zwei Anfragen kamen sich in die Quere.', remedy: LATER },
  capacity_reached: {
    message: 'Alle Leitungen sind besetzt.',
    remedy: 'Versuchen Sie es in einigen Minuten noch einmal.',
  },
  call_already_ended: {
    message: 'Dieser Anruf ist schon beendet.',
    remedy: 'Beginnen Sie einen neuen Anruf.',
  },
  rate_limited: {
    message: 'Im Moment sind es zu viele Anrufe.',
    remedy: 'Warten Sie eine Weile und versuchen Sie es erneut.',
  },
  internal_error: unavailable,
  media_unavailable: unavailable,
  database_unavailable: unavailable,
  storage_unavailable: unavailable,
};

/** For all others, by who has to act. */
export const otherGermanErrors: Texts['otherErrors'] = {
  config: notSetUp,
  provider: notSetUp,
  agent: agentFailed,
  network: {
    message: 'Der Anrufdienst ließ sich nicht erreichen.',
    remedy: 'Prüfen Sie die Verbindung und versuchen Sie es erneut.',
  },
  server: unavailable,
  user: { message: 'Der Anruf hat nicht geklappt.', remedy: LATER },
};

/** A row for every reason why the agent refuses a text. */
export const germanTextFaults: Record<TextRefusal, ErrorText> = {
  too_long: {
    message: 'Die Nachricht ist länger als 2000 Zeichen.',
    remedy: 'Kürzen Sie sie, oder senden Sie sie in Teilen.',
  },
  too_fast: {
    message: 'In kurzer Zeit kamen zu viele Nachrichten.',
    remedy: 'Warten Sie einige Sekunden und senden Sie sie dann noch einmal.',
  },
  too_many: {
    message: 'Dieser Anruf nimmt keine Nachrichten mehr an.',
    remedy:
      'Sagen Sie dem Agenten, was Sie schreiben wollten, oder beginnen Sie einen neuen Anruf.',
  },
  call_over: {
    message: 'Der Anruf war zu Ende, bevor der Agent die Nachricht gelesen hatte.',
    remedy: 'Beginnen Sie einen neuen Anruf und senden Sie sie noch einmal.',
  },
};
