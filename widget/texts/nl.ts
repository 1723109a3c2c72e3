/** The Dutch texts. */
import type { ErrorText, Texts } from './texts.js';

const tellOwner = 'Meld het aan de eigenaar van deze site.';
const notSetUp: ErrorText = {
  message: 'Het gesprek is op deze pagina verkeerd ingesteld.',
  remedy: tellOwner,
};
const agentFailed: ErrorText = {
  message: 'De agent heeft het gesprek afgebroken.',
  remedy: 'Probeer het zo dadelijk opnieuw.',
};

/** Loaded where the language is Dutch. */
export const dutch: Texts = {
  language: 'nl',
  call: 'Praat met ons',
  loading: 'Het gesprek wordt geladen.',
  notLoaded: 'Het gesprek kon niet worden geladen. Probeer het opnieuw.',
  callAgain: 'Opnieuw bellen',
  cancel: 'Annuleren',
  hangUp: 'Ophangen',
  mute: 'Dempen',
  unmute: 'Mic aan',
  muted: 'Uw microfoon is gedempt',
  close: 'Sluiten',
  tryAgain: 'Opnieuw proberen',
  tryAgainIn: 'Probeer het {time} opnieuw.',
  typeInstead: 'Liever typen',
  you: 'U',
  agent: 'Agent',
  conversation: 'Gesprek',
  conversationEmpty: 'Wat er gezegd wordt, verschijnt hier.',
  textLabel: 'Typen in plaats van praten',
  textPlaceholder: 'Typ een bericht',
  send: 'Versturen',
  connected: 'U bent verbonden.',
  reconnecting: 'Opnieuw verbinden…',
  interrupted: 'De verbinding is onderbroken.',
  ending: 'Het gesprek wordt beëindigd…',
  soundBlocked: 'Uw browser houdt het geluid tegen.',
  enableSound: 'Geluid aanzetten',
  ended: 'Gesprek beëindigd',
  failed: 'Het gesprek is niet gelukt',
  duration: 'Duur',
  consentTitle: 'Voordat we beginnen',
  agree: 'Akkoord en bellen',
  decline: 'Niet nu',
  startCall: 'Gesprek starten',
  optional: '(optioneel)',
  choose: 'Maak een keuze',
  fieldFaults: {
    required: 'Vul dit in.',
    email: 'Geef een volledig adres op, bijvoorbeeld naam@example.com.',
    tel: 'Geef een telefoonnummer op, bijvoorbeeld +31 20 123 4567.',
    number: 'Geef een getal op.',
  },
  rate: 'Hoe was het gesprek?',
  marks: { 1: 'Heel slecht', 2: 'Slecht', 3: 'Gaat wel', 4: 'Goed', 5: 'Heel goed' },
  comment: 'Wat wilt u ons vertellen? (optioneel)',
  thanks: 'Bedankt voor uw mening.',
  devices: 'Microfoon en geluid',
  microphone: 'Microfoon',
  speaker: 'Luidspreker',
  volume: 'Volume',
  silentMicrophone: 'We horen niets van uw microfoon. Staat hij aan?',
  chooseMicrophone: 'Een andere kiezen',
  allowMicrophone: {
    chrome: 'Klik op het pictogram links van het adres en zet de microfoon aan.',
    edge: 'Klik op het slotje links van het adres en sta de microfoon toe.',
    firefox:
      'Klik op de doorgestreepte microfoon links van het adres, hef de blokkering op en probeer het opnieuw.',
    safari: 'Kies Safari > Instellingen voor deze website in de menubalk en sta de microfoon toe.',
    ios: 'Tik op het pictogram naast het adres, kies de instellingen voor deze website en sta de microfoon toe.',
    other:
      'Sta de microfoon voor deze site toe in de instellingen van de browser en probeer het opnieuw.',
  },
  allowInSystem:
    'Sta deze browser toe de microfoon te gebruiken in de privacyinstellingen van uw systeem.',
  startsByItself: 'Het gesprek begint vanzelf zodra de microfoon is toegestaan.',
  framed: 'Deze pagina staat in een andere, die haar de microfoon misschien niet laat gebruiken.',
  openAlone: 'In een eigen tabblad openen',
  tellOwner,
  copyDetails: 'Technische gegevens kopiëren',
  copied: 'Gekopieerd.',
  hintTitle: 'dialnexa-call is nog niet ingesteld',
  region: 'Spraakgesprek',
  languageMenu: 'Taal',
  expand: 'Gesprek openen',
  minimise: 'Minimaliseren',
  stages: {
    microphone: 'Sta de microfoon toe…',
    grant: 'Gesprek wordt opgezet…',
    connecting: 'Verbinden…',
    waiting_for_agent: 'De telefoon gaat over…',
  },
  agentStates: {
    initializing: 'Een ogenblik',
    idle: 'Klaar',
    listening: 'Luistert',
    thinking: 'Denkt na',
    speaking: 'Spreekt',
    gone: 'Verbinding verbroken',
  },
  endReasons: {
    user_disconnected: 'U hebt opgehangen.',
    agent_disconnected: 'De agent heeft het gesprek beëindigd.',
    user_did_not_pick_up: 'Niemand nam op.',
    user_busy: 'De lijn was bezet.',
    user_unreachable: 'De lijn was niet bereikbaar.',
    invalid_phone_number: 'Het nummer is ongeldig.',
    destination_forbidden: 'Deze bestemming mag niet worden gebeld.',
    network_failure: 'De verbinding is verbroken.',
    voicemail_detected: 'Een voicemail nam op.',
    system_failure: 'Een technische storing heeft het gesprek beëindigd.',
    system_at_capacity: 'Alle lijnen zijn bezet.',
    insufficient_balance: 'De dienst is op dit moment niet beschikbaar.',
    unknown: 'Het gesprek is voorbij.',
    terminated_by_api: 'De beheerder heeft het gesprek beëindigd.',
    max_duration_reached: 'Het gesprek heeft de maximale duur bereikt.',
    silence_timeout: 'Er werd een tijdje niets gezegd, daarom is het gesprek beëindigd.',
    agent_did_not_join: 'Niemand heeft het gesprek aangenomen.',
    caller_never_joined: 'Er is niet op tijd aan het gesprek deelgenomen.',
    microphone_denied: 'De microfoon werd niet toegestaan.',
    page_closed: 'De pagina is gesloten.',
  },
  errors: {
    call_elsewhere: {
      message: 'Er is al een gesprek in deze browser.',
      remedy: 'Beëindig dat eerst, of ga daar verder.',
    },
    unsupported_browser: {
      message: 'Met deze browser kunt u niet bellen.',
      remedy: 'Gebruik een actuele versie van Chrome, Edge, Firefox of Safari.',
    },
    insecure_context: {
      message: 'De browser staat de microfoon alleen toe op beveiligde pagina’s.',
      remedy: 'Open deze pagina via https.',
    },
    microphone_denied: {
      message: 'De microfoon is voor deze pagina geblokkeerd.',
      remedy: 'Sta hem toe in de instellingen van de browser en probeer het opnieuw.',
    },
    microphone_dismissed: {
      message: 'De vraag om de microfoon bleef onbeantwoord.',
      remedy: 'Probeer het opnieuw en kies ‘Toestaan’.',
    },
    microphone_in_use: {
      message: 'Misschien gebruikt een ander programma de microfoon.',
      remedy: 'Sluit andere programma’s en probeer het opnieuw.',
    },
    microphone_not_found: {
      message: 'Er is geen microfoon gevonden.',
      remedy: 'Sluit een microfoon aan en probeer het opnieuw.',
    },
    microphone_failed: {
      message: 'De microfoon kon niet worden geopend.',
      remedy: 'Probeer het zo dadelijk opnieuw.',
    },
    microphone_lost: {
      message: 'De microfoon werd tijdens het gesprek losgekoppeld.',
      remedy: 'Sluit een microfoon aan of kies een andere.',
    },
    speaker_unsupported: {
      message: 'Deze browser kan niet van luidspreker wisselen.',
      remedy: 'Kies de luidspreker in de geluidsinstellingen van het systeem.',
    },
    media_code_failed: {
      message: 'Een deel van het belprogramma kon niet worden geladen.',
      remedy: 'Controleer de verbinding en laad de pagina opnieuw.',
    },
    offline: {
      message: 'Dit apparaat is offline.',
      remedy: 'Verbind het met internet en probeer het opnieuw.',
    },
    network_unreachable: {
      message: 'De beldienst is niet bereikbaar.',
      remedy: 'Controleer uw internetverbinding en probeer het opnieuw.',
    },
    connection_failed: {
      message: 'De geluidsverbinding kwam niet tot stand.',
      remedy: 'Controleer of uw netwerk bellen toestaat, of probeer een ander netwerk.',
    },
    connection_lost: {
      message: 'De verbinding is verbroken.',
      remedy: 'Controleer de verbinding en bel opnieuw.',
    },
    agent_did_not_join: {
      message: 'Niemand heeft het gesprek aangenomen.',
      remedy: 'Probeer het zo dadelijk opnieuw.',
    },
    agent_failed: agentFailed,
    audio_blocked: {
      message: 'De browser houdt het geluid tegen tot u op de pagina klikt.',
      remedy: 'Klik op de pagina om de agent te horen.',
    },
    text_not_sent: {
      message: 'Het bericht kon niet worden verstuurd.',
      remedy: 'Verstuur het opnieuw.',
    },
    aborted: {
      message: 'Het gesprek is opgegeven voordat het verbonden was.',
      remedy: 'Bel opnieuw.',
    },
    capacity_reached: {
      message: 'Alle lijnen zijn bezet.',
      remedy: 'Probeer het over een paar minuten opnieuw.',
    },
    rate_limited: {
      message: 'Er zijn op dit moment te veel gesprekken.',
      remedy: 'Wacht even en probeer het opnieuw.',
    },
  },
  otherErrors: {
    config: notSetUp,
    provider: notSetUp,
    agent: agentFailed,
    network: {
      message: 'De verbinding met de server is mislukt.',
      remedy: 'Controleer de verbinding en probeer het opnieuw.',
    },
    server: { message: 'De server heeft een storing.', remedy: 'Probeer het zo dadelijk opnieuw.' },
    user: { message: 'Het gesprek is niet gelukt.', remedy: 'Probeer het zo dadelijk opnieuw.' },
  },
  textFaults: {
    too_long: {
      message: 'Het bericht is langer dan 2000 tekens.',
      remedy: 'Maak het korter of verstuur het in delen.',
    },
    too_fast: {
      message: 'Te veel berichten in korte tijd.',
      remedy: 'Wacht een paar seconden en verstuur het opnieuw.',
    },
    too_many: {
      message: 'Dit gesprek neemt geen berichten meer aan.',
      remedy: 'Zeg het, of begin een nieuw gesprek.',
    },
    call_over: {
      message: 'Het gesprek was voorbij voordat de agent het bericht had gelezen.',
      remedy: 'Begin een nieuw gesprek en verstuur het opnieuw.',
    },
  },
};
