/** German messages and remedies for every error code of the SDK. */
import type { CallErrorCode, TextRefusal } from '../../sdk/index.js';
import type { ErrorText } from './texts.js';

const TELL_OWNER = 'Sagen Sie es dem Betreiber dieser Seite.';
const LATER = 'Versuchen Sie es gleich noch einmal.';

/** A row for every error code. */
export const germanErrors: Readonly<Record<CallErrorCode, ErrorText>> = {
  invalid_options: { message: 'Der Anruf ist falsch eingerichtet.', remedy: TELL_OWNER },
  secret_key_in_page: {
    message: 'Der Seite wurde ein geheimer Schlüssel (dnx_sk_…) gegeben.',
    remedy:
      'Verwenden Sie einen öffentlichen Schlüssel (dnx_pk_…) und widerrufen Sie diesen: Jeder, der die Seite öffnet, kann ihn lesen.',
  },
  server_url_missing: {
    message: 'Es ist kein Server angegeben.',
    remedy: 'Geben Sie server-url an, z. B. https://calls.example.com.',
  },
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
    message: 'Der Server ist nicht erreichbar; warum, sagt der Browser nicht.',
    remedy:
      'Prüfen Sie die Verbindung und ob etwas den Server sperrt, und versuchen Sie es erneut.',
  },
  blocked_by_page_policy: {
    message: 'Die Sicherheitsrichtlinie dieser Seite verbietet die Verbindung.',
    remedy: 'Erlauben Sie den Server in der Content-Security-Policy der Seite.',
  },
  insecure_server: {
    message: 'Eine Seite mit https darf keinen Server mit http aufrufen.',
    remedy: 'Geben Sie bei server-url eine Adresse mit https an.',
  },
  server_redirects: {
    message: 'Die Adresse des Servers führt zu einer anderen weiter.',
    remedy: 'Geben Sie bei server-url die Adresse an, zu der sie führt.',
  },
  wrong_server_path: {
    message: 'Der Server ist da, aber nicht unter dem Pfad seiner Adresse.',
    remedy: 'Geben Sie bei server-url genau die Adresse an, unter der der Server zu sehen ist.',
  },
  server_unreadable: {
    message:
      'Unter der Adresse des Servers antwortet etwas, doch der Browser zeigt es der Seite nicht.',
    remedy:
      'Prüfen Sie, ob server-url der DialNexa-Server selbst ist: ohne Weiterleitung und ohne etwas davor, das seine Kopfzeilen entfernt.',
  },
  unexpected_answer: {
    message: 'Was unter der Adresse des Servers antwortet, ist kein DialNexa-Server.',
    remedy: 'Prüfen Sie server-url und was zwischen der Seite und dem Server steht.',
  },
  grant_expired: { message: 'Das Beitreten hat zu lange gedauert.', remedy: LATER },
  connection_failed: {
    message: 'Die Tonverbindung kam nicht zustande.',
    remedy: 'Prüfen Sie, ob Ihr Netz Anrufe erlaubt, oder versuchen Sie ein anderes.',
  },
  connection_lost: {
    message: 'Die Verbindung ist abgebrochen.',
    remedy: 'Prüfen Sie die Verbindung und rufen Sie erneut an.',
  },
  agent_did_not_join: { message: 'Niemand hat den Anruf angenommen.', remedy: LATER },
  agent_failed: { message: 'Der Agent hat den Anruf abgebrochen.', remedy: LATER },
  audio_blocked: {
    message: 'Der Browser hält den Ton zurück, bis die Seite angeklickt wird.',
    remedy: 'Klicken Sie auf die Seite, um den Agenten zu hören.',
  },
  not_active: { message: 'Es ist kein Anruf im Gange.', remedy: 'Rufen Sie erst an.' },
  text_not_sent: {
    message: 'Die Nachricht konnte nicht gesendet werden.',
    remedy: 'Senden Sie sie noch einmal.',
  },
  call_elsewhere: {
    message: 'In diesem Browser läuft schon ein Anruf.',
    remedy: 'Beenden Sie ihn im anderen Tab oder Fenster, dann versuchen Sie es noch einmal.',
  },
  aborted: {
    message: 'Der Anruf wurde aufgegeben, bevor er verbunden war.',
    remedy: 'Rufen Sie erneut an.',
  },
  bad_request: { message: 'Der Server hat die Anfrage nicht verstanden.', remedy: TELL_OWNER },
  invalid_json: { message: 'Der Server hat die Anfrage nicht verstanden.', remedy: TELL_OWNER },
  validation_failed: {
    message: 'Der Server hat einen Wert des Anrufs abgelehnt.',
    remedy: TELL_OWNER,
  },
  unauthorized: {
    message: 'Der Server kennt diesen Schlüssel nicht.',
    remedy: 'Prüfen Sie den öffentlichen Schlüssel.',
  },
  key_revoked: {
    message: 'Dieser Schlüssel wurde widerrufen.',
    remedy: 'Verwenden Sie einen gültigen öffentlichen Schlüssel.',
  },
  key_expired: {
    message: 'Dieser Schlüssel ist abgelaufen.',
    remedy: 'Verwenden Sie einen gültigen öffentlichen Schlüssel.',
  },
  token_invalid: {
    message: 'Die Berechtigung des Anrufs ist ungültig.',
    remedy: 'Beginnen Sie einen neuen Anruf.',
  },
  token_expired: {
    message: 'Die Berechtigung des Anrufs ist abgelaufen.',
    remedy: 'Beginnen Sie einen neuen Anruf.',
  },
  forbidden: {
    message: 'Dieser Schlüssel darf das nicht.',
    remedy: 'Prüfen Sie den öffentlichen Schlüssel.',
  },
  origin_not_allowed: {
    message: 'Diese Website darf diesen Schlüssel nicht verwenden.',
    remedy: 'Tragen Sie die Adresse dieser Website bei den erlaubten Adressen des Schlüssels ein.',
  },
  secret_key_in_browser: {
    message: 'Ein geheimer Schlüssel wurde aus einem Browser gesendet.',
    remedy:
      'Verwenden Sie einen öffentlichen Schlüssel (dnx_pk_…) und widerrufen Sie den geheimen.',
  },
  not_found: {
    message: 'Der Agent wurde nicht gefunden.',
    remedy: 'Prüfen Sie die Kennung des Agenten oder der Version.',
  },
  method_not_allowed: { message: 'Der Server bietet das nicht an.', remedy: TELL_OWNER },
  request_timeout: {
    message: 'Die Anfrage war zu lange zum Server unterwegs.',
    remedy: 'Prüfen Sie die Verbindung, und versuchen Sie es noch einmal.',
  },
  conflict: { message: 'Die Anfrage kam einer anderen in die Quere.', remedy: LATER },
  capacity_reached: {
    message: 'Alle Leitungen sind besetzt.',
    remedy: 'Versuchen Sie es in einigen Minuten noch einmal.',
  },
  idempotency_key_reused: {
    message: 'Derselbe Schlüssel wurde für eine andere Anfrage verwendet.',
    remedy: TELL_OWNER,
  },
  version_immutable: {
    message: 'Eine veröffentlichte Version lässt sich nicht ändern.',
    remedy: TELL_OWNER,
  },
  call_already_ended: {
    message: 'Dieser Anruf ist schon beendet.',
    remedy: 'Beginnen Sie einen neuen Anruf.',
  },
  body_too_large: {
    message: 'Der Anruf bringt zu viele Daten mit.',
    remedy: 'Senden Sie weniger Metadaten oder Variablen.',
  },
  unsupported_media_type: {
    message: 'Der Server hat die Anfrage nicht verstanden.',
    remedy: TELL_OWNER,
  },
  version_not_published: {
    message: 'Diese Version des Agenten ist nicht veröffentlicht.',
    remedy: 'Veröffentlichen Sie die Version, oder nennen Sie eine andere.',
  },
  provider_not_configured: {
    message: 'Der Agent braucht einen Anbieter, für den der Server keinen Schlüssel hat.',
    remedy: 'Hinterlegen Sie den Schlüssel des Anbieters auf dem Server.',
  },
  rate_limited: {
    message: 'Im Moment sind es zu viele Anrufe.',
    remedy: 'Warten Sie eine Weile und versuchen Sie es erneut.',
  },
  headers_too_large: {
    message: 'Die Anfrage bringt außer dem Anruf zu viel mit.',
    remedy: 'Löschen Sie die Cookies des Servers, oder kürzen Sie die Adresse der Seite.',
  },
  internal_error: { message: 'Der Server hat versagt.', remedy: LATER },
  media_unavailable: { message: 'Der Medienserver ist nicht erreichbar.', remedy: LATER },
  database_unavailable: { message: 'Der Server erreicht seine Datenbank nicht.', remedy: LATER },
  storage_unavailable: { message: 'Der Server erreicht seine Aufnahmen nicht.', remedy: LATER },
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
    remedy: 'Sagen Sie es, oder beginnen Sie einen neuen Anruf.',
  },
  call_over: {
    message: 'Der Anruf war zu Ende, bevor der Agent die Nachricht gelesen hatte.',
    remedy: 'Beginnen Sie einen neuen Anruf und senden Sie sie noch einmal.',
  },
};
