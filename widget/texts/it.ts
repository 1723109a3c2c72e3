/** The Italian texts. */
import type { ErrorText, Texts } from './texts.js';

const tellOwner = 'Lo segnali al proprietario del sito.';
const notSetUp: ErrorText = {
  message: 'La chiamata non è configurata correttamente in questa pagina.',
  remedy: tellOwner,
};
const agentFailed: ErrorText = {
  message: 'L’agente ha interrotto la chiamata.',
  remedy: 'Riprovi tra un momento.',
};

/** Loaded where the language is Italian. */
export const italian: Texts = {
  language: 'it',
  call: 'Parla con noi',
  loading: 'La chiamata è in caricamento.',
  notLoaded: 'Impossibile caricare la chiamata. Riprovi.',
  callAgain: 'Richiama',
  cancel: 'Annulla',
  hangUp: 'Riaggancia',
  mute: 'Muto',
  unmute: 'Attiva',
  muted: 'Il microfono è disattivato',
  close: 'Chiudi',
  tryAgain: 'Riprova',
  tryAgainIn: 'Riprovi {time}.',
  typeInstead: 'Scrivere invece',
  you: 'Lei',
  agent: 'Agente',
  conversation: 'Conversazione',
  conversationEmpty: 'Qui appare ciò che viene detto.',
  textLabel: 'Scrivere invece di parlare',
  textPlaceholder: 'Messaggio',
  send: 'Invia',
  connected: 'È connesso.',
  reconnecting: 'Riconnessione…',
  interrupted: 'La connessione è stata interrotta.',
  ending: 'Chiusura della chiamata…',
  soundBlocked: 'Il browser sta bloccando l’audio.',
  enableSound: 'Attiva l’audio',
  ended: 'Chiamata terminata',
  failed: 'La chiamata non è riuscita',
  duration: 'Durata',
  consentTitle: 'Prima di iniziare',
  agree: 'Accetta e chiama',
  decline: 'Non ora',
  startCall: 'Avvia la chiamata',
  optional: '(facoltativo)',
  choose: 'Scelga un’opzione',
  fieldFaults: {
    required: 'Compili questo campo.',
    email: 'Indichi un indirizzo completo, ad es. nome@example.com.',
    tel: 'Indichi un numero di telefono, ad es. +39 06 1234 5678.',
    number: 'Indichi un numero.',
  },
  rate: 'Com’è andata la chiamata?',
  marks: { 1: 'Molto male', 2: 'Male', 3: 'Così così', 4: 'Bene', 5: 'Molto bene' },
  comment: 'Che cosa vuole dirci? (facoltativo)',
  thanks: 'Grazie per la Sua opinione.',
  devices: 'Microfono e audio',
  microphone: 'Microfono',
  speaker: 'Altoparlante',
  volume: 'Volume',
  silentMicrophone: 'Dal Suo microfono non si sente nulla. È acceso?',
  chooseMicrophone: 'Scegliere un altro',
  allowMicrophone: {
    chrome: 'Faccia clic sull’icona a sinistra dell’indirizzo e attivi il microfono.',
    edge: 'Faccia clic sul lucchetto a sinistra dell’indirizzo e consenta il microfono.',
    firefox:
      'Faccia clic sul microfono barrato a sinistra dell’indirizzo, tolga il blocco e riprovi.',
    safari:
      'Scelga Safari > Impostazioni per questo sito web nella barra dei menu e consenta il microfono.',
    ios: 'Tocchi l’icona accanto all’indirizzo, scelga le impostazioni di questo sito web e consenta il microfono.',
    other: 'Consenta il microfono per questo sito nelle impostazioni del browser e riprovi.',
  },
  allowInSystem:
    'Consenta a questo browser di usare il microfono nelle impostazioni sulla privacy del sistema.',
  startsByItself: 'La chiamata inizia da sola appena il microfono è consentito.',
  framed:
    'Questa pagina è mostrata dentro un’altra, che forse non le permette di usare il microfono.',
  openAlone: 'Aprire in una scheda a parte',
  tellOwner,
  copyDetails: 'Copia i dettagli tecnici',
  copied: 'Copiato.',
  hintTitle: 'dialnexa-call non è ancora configurato',
  region: 'Chiamata vocale',
  languageMenu: 'Lingua',
  expand: 'Apri la chiamata',
  minimise: 'Riduci',
  stages: {
    microphone: 'Consenta l’uso del microfono…',
    grant: 'Avvio della chiamata…',
    connecting: 'Connessione…',
    waiting_for_agent: 'Sta squillando…',
  },
  agentStates: {
    initializing: 'Un attimo',
    idle: 'Pronto',
    listening: 'In ascolto',
    thinking: 'Sta pensando',
    speaking: 'Sta parlando',
    gone: 'Disconnesso',
  },
  endReasons: {
    user_disconnected: 'Ha riagganciato.',
    agent_disconnected: 'L’agente ha terminato la chiamata.',
    user_did_not_pick_up: 'Nessuno ha risposto.',
    user_busy: 'La linea era occupata.',
    user_unreachable: 'La linea non era raggiungibile.',
    invalid_phone_number: 'Il numero non è valido.',
    destination_forbidden: 'Questa destinazione non può essere chiamata.',
    network_failure: 'La connessione è andata persa.',
    voicemail_detected: 'Ha risposto una segreteria telefonica.',
    system_failure: 'Un guasto tecnico ha terminato la chiamata.',
    system_at_capacity: 'Tutte le linee sono occupate.',
    insufficient_balance: 'Il servizio al momento non è disponibile.',
    unknown: 'La chiamata è terminata.',
    terminated_by_api: 'L’operatore ha terminato la chiamata.',
    max_duration_reached: 'La chiamata ha raggiunto la durata massima.',
    silence_timeout: 'Per un po’ non è stato detto nulla, quindi la chiamata è terminata.',
    agent_did_not_join: 'Nessuno ha risposto alla chiamata.',
    caller_never_joined: 'Nessuno è entrato in tempo nella chiamata.',
    microphone_denied: 'Il microfono non è stato consentito.',
    page_closed: 'La pagina è stata chiusa.',
  },
  errors: {
    call_elsewhere: {
      message: 'C’è già una chiamata in corso in questo browser.',
      remedy: 'La termini prima, oppure prosegua con quella.',
    },
    unsupported_browser: {
      message: 'Questo browser non permette di chiamare.',
      remedy: 'Usi una versione attuale di Chrome, Edge, Firefox o Safari.',
    },
    insecure_context: {
      message: 'Il browser consente il microfono solo su pagine sicure.',
      remedy: 'Apra questa pagina con https.',
    },
    microphone_denied: {
      message: 'Il microfono è bloccato per questa pagina.',
      remedy: 'Lo consenta nelle impostazioni del browser e riprovi.',
    },
    microphone_dismissed: {
      message: 'La domanda sul microfono è rimasta senza risposta.',
      remedy: 'Riprovi e scelga «Consenti».',
    },
    microphone_in_use: {
      message: 'Forse un altro programma sta usando il microfono.',
      remedy: 'Chiuda gli altri programmi e riprovi.',
    },
    microphone_not_found: {
      message: 'Nessun microfono trovato.',
      remedy: 'Colleghi un microfono e riprovi.',
    },
    microphone_failed: {
      message: 'Non è stato possibile aprire il microfono.',
      remedy: 'Riprovi tra un momento.',
    },
    microphone_lost: {
      message: 'Il microfono è stato scollegato durante la chiamata.',
      remedy: 'Colleghi un microfono o ne scelga un altro.',
    },
    speaker_unsupported: {
      message: 'Questo browser non può cambiare l’altoparlante.',
      remedy: 'Scelga l’altoparlante nelle impostazioni audio del sistema.',
    },
    media_code_failed: {
      message: 'Una parte del programma di chiamata non è stata caricata.',
      remedy: 'Controlli la connessione e ricarichi la pagina.',
    },
    offline: {
      message: 'Questo dispositivo è offline.',
      remedy: 'Lo colleghi a Internet e riprovi.',
    },
    network_unreachable: {
      message: 'Il servizio di chiamata non è raggiungibile.',
      remedy: 'Controlli la connessione a Internet, poi riprovi.',
    },
    connection_failed: {
      message: 'Non è stato possibile stabilire la connessione audio.',
      remedy: 'Verifichi che la rete consenta le chiamate o ne provi un’altra.',
    },
    connection_lost: {
      message: 'La connessione è andata persa.',
      remedy: 'Controlli la connessione e richiami.',
    },
    agent_did_not_join: {
      message: 'Nessuno ha risposto alla chiamata.',
      remedy: 'Riprovi tra un momento.',
    },
    agent_failed: agentFailed,
    audio_blocked: {
      message: 'Il browser blocca l’audio finché non si fa clic sulla pagina.',
      remedy: 'Faccia clic sulla pagina per sentire l’agente.',
    },
    text_not_sent: {
      message: 'Non è stato possibile inviare il messaggio.',
      remedy: 'Lo invii di nuovo.',
    },
    aborted: {
      message: 'La chiamata è stata abbandonata prima della connessione.',
      remedy: 'Chiami di nuovo.',
    },
    capacity_reached: {
      message: 'Tutte le linee sono occupate.',
      remedy: 'Riprovi tra qualche minuto.',
    },
    rate_limited: { message: 'Troppe chiamate al momento.', remedy: 'Attenda un po’ e riprovi.' },
  },
  otherErrors: {
    config: notSetUp,
    provider: notSetUp,
    agent: agentFailed,
    network: {
      message: 'La connessione al server non è riuscita.',
      remedy: 'Controlli la connessione e riprovi.',
    },
    server: { message: 'Il server ha avuto un guasto.', remedy: 'Riprovi tra un momento.' },
    user: { message: 'La chiamata non è riuscita.', remedy: 'Riprovi tra un momento.' },
  },
  textFaults: {
    too_long: {
      message: 'Il messaggio supera i 2000 caratteri.',
      remedy: 'Lo accorci o lo invii in più parti.',
    },
    too_fast: {
      message: 'Troppi messaggi in poco tempo.',
      remedy: 'Attenda qualche secondo e lo invii di nuovo.',
    },
    too_many: {
      message: 'Questa chiamata non accetta più messaggi.',
      remedy: 'Lo dica a voce o inizi una nuova chiamata.',
    },
    call_over: {
      message: 'La chiamata è terminata prima che l’agente leggesse il messaggio.',
      remedy: 'Inizi una nuova chiamata e lo invii di nuovo.',
    },
  },
};
