/** The French texts. */
import type { ErrorText, Texts } from './texts.js';

const tellOwner = 'Veuillez le signaler au propriétaire de ce site.';
const notSetUp: ErrorText = {
  message: 'L’appel est mal configuré sur cette page.',
  remedy: tellOwner,
};
const agentFailed: ErrorText = {
  message: 'L’agent a interrompu l’appel.',
  remedy: 'Réessayez dans un instant.',
};

/** Loaded where the language is French. */
export const french: Texts = {
  language: 'fr',
  call: 'Parlez avec nous',
  loading: 'L’appel est en cours de chargement.',
  notLoaded: 'L’appel n’a pas pu être chargé. Veuillez réessayer.',
  callAgain: 'Rappeler',
  cancel: 'Annuler',
  hangUp: 'Raccrocher',
  mute: 'Muet',
  unmute: 'Activer',
  muted: 'Votre micro est coupé',
  close: 'Fermer',
  tryAgain: 'Réessayer',
  tryAgainIn: 'Veuillez réessayer {time}.',
  typeInstead: 'Écrire à la place',
  you: 'Vous',
  agent: 'Agent',
  conversation: 'Conversation',
  conversationEmpty: 'Ce qui se dit apparaît ici.',
  textLabel: 'Écrire au lieu de parler',
  textPlaceholder: 'Votre message',
  send: 'Envoyer',
  connected: 'Vous êtes connecté.',
  reconnecting: 'Reconnexion…',
  interrupted: 'La connexion a été interrompue.',
  ending: 'Fin de l’appel…',
  soundBlocked: 'Votre navigateur bloque le son.',
  enableSound: 'Activer le son',
  ended: 'Appel terminé',
  failed: 'L’appel n’a pas abouti',
  duration: 'Durée',
  consentTitle: 'Avant de commencer',
  agree: 'Accepter et appeler',
  decline: 'Pas maintenant',
  startCall: 'Démarrer l’appel',
  optional: '(facultatif)',
  choose: 'Veuillez choisir',
  fieldFaults: {
    required: 'Veuillez remplir ce champ.',
    email: 'Veuillez indiquer une adresse complète, par ex. nom@example.com.',
    tel: 'Veuillez indiquer un numéro de téléphone, par ex. +33 1 99 00 12 34.',
    number: 'Veuillez indiquer un nombre.',
  },
  rate: 'Comment s’est passé l’appel ?',
  marks: { 1: 'Très mal', 2: 'Mal', 3: 'Correct', 4: 'Bien', 5: 'Très bien' },
  comment: 'Que souhaitez-vous nous dire ? (facultatif)',
  thanks: 'Merci pour votre avis.',
  devices: 'Microphone et son',
  microphone: 'Microphone',
  speaker: 'Haut-parleur',
  volume: 'Volume',
  silentMicrophone: 'Nous n’entendons rien de votre microphone. Est-il allumé ?',
  chooseMicrophone: 'En choisir un autre',
  allowMicrophone: {
    chrome: 'Cliquez sur l’icône à gauche de l’adresse et activez le microphone.',
    edge: 'Cliquez sur le cadenas à gauche de l’adresse et autorisez le microphone.',
    firefox:
      'Cliquez sur le microphone barré à gauche de l’adresse, levez le blocage, puis réessayez.',
    safari:
      'Choisissez Safari > Réglages pour ce site web dans la barre des menus, et autorisez le microphone.',
    ios: 'Touchez l’icône à côté de l’adresse, choisissez les réglages de ce site web et autorisez le microphone.',
    other: 'Autorisez le microphone pour ce site dans les réglages du navigateur, puis réessayez.',
  },
  allowInSystem:
    'Autorisez ce navigateur à utiliser le microphone dans les réglages de confidentialité du système.',
  startsByItself: 'L’appel démarre de lui-même dès que le microphone est autorisé.',
  framed:
    'Cette page est affichée dans une autre, qui ne lui permet peut-être pas d’utiliser le microphone.',
  openAlone: 'L’ouvrir dans son propre onglet',
  tellOwner,
  copyDetails: 'Copier les détails techniques',
  copied: 'Copié.',
  hintTitle: 'dialnexa-call n’est pas encore configuré',
  region: 'Appel vocal',
  languageMenu: 'Langue',
  expand: 'Ouvrir l’appel',
  minimise: 'Réduire',
  stages: {
    microphone: 'Veuillez autoriser le microphone…',
    grant: 'Appel en cours…',
    connecting: 'Connexion…',
    waiting_for_agent: 'Ça sonne…',
  },
  agentStates: {
    initializing: 'Un instant',
    idle: 'Prêt',
    listening: 'Écoute',
    thinking: 'Réfléchit',
    speaking: 'Parle',
    gone: 'Déconnecté',
  },
  endReasons: {
    user_disconnected: 'Vous avez raccroché.',
    agent_disconnected: 'L’agent a mis fin à l’appel.',
    user_did_not_pick_up: 'Personne n’a décroché.',
    user_busy: 'La ligne était occupée.',
    user_unreachable: 'La ligne n’a pas pu être jointe.',
    invalid_phone_number: 'Le numéro n’est pas valide.',
    destination_forbidden: 'Cette destination ne peut pas être appelée.',
    network_failure: 'La connexion a été perdue.',
    voicemail_detected: 'Une messagerie vocale a répondu.',
    system_failure: 'Une panne technique a mis fin à l’appel.',
    system_at_capacity: 'Toutes les lignes sont occupées.',
    insufficient_balance: 'Le service n’est pas disponible pour le moment.',
    unknown: 'L’appel est terminé.',
    terminated_by_api: 'L’opérateur a mis fin à l’appel.',
    max_duration_reached: 'L’appel a atteint sa durée maximale.',
    silence_timeout: 'Rien n’a été dit pendant un moment ; l’appel a donc pris fin.',
    agent_did_not_join: 'Personne n’a répondu à l’appel.',
    caller_never_joined: 'L’appel n’a pas été rejoint à temps.',
    microphone_denied: 'Le microphone n’a pas été autorisé.',
    page_closed: 'La page a été fermée.',
  },
  errors: {
    call_elsewhere: {
      message: 'Un appel est déjà en cours dans ce navigateur.',
      remedy: 'Terminez-le d’abord, ou poursuivez-le.',
    },
    unsupported_browser: {
      message: 'Ce navigateur ne permet pas d’appeler.',
      remedy: 'Utilisez une version récente de Chrome, Edge, Firefox ou Safari.',
    },
    insecure_context: {
      message: 'Le navigateur n’autorise le microphone que sur les pages sécurisées.',
      remedy: 'Ouvrez cette page en https.',
    },
    microphone_denied: {
      message: 'Le microphone est bloqué pour cette page.',
      remedy: 'Autorisez-le dans les réglages du navigateur, puis réessayez.',
    },
    microphone_dismissed: {
      message: 'La demande d’accès au microphone est restée sans réponse.',
      remedy: 'Réessayez et choisissez « Autoriser ».',
    },
    microphone_in_use: {
      message: 'Un autre programme utilise peut-être le microphone.',
      remedy: 'Fermez les autres programmes, puis réessayez.',
    },
    microphone_not_found: {
      message: 'Aucun microphone n’a été trouvé.',
      remedy: 'Branchez un microphone, puis réessayez.',
    },
    microphone_failed: {
      message: 'Le microphone n’a pas pu être ouvert.',
      remedy: 'Réessayez dans un instant.',
    },
    microphone_lost: {
      message: 'Le microphone a été débranché pendant l’appel.',
      remedy: 'Branchez un microphone ou choisissez-en un autre.',
    },
    speaker_unsupported: {
      message: 'Ce navigateur ne permet pas de changer de haut-parleur.',
      remedy: 'Choisissez le haut-parleur dans les réglages son du système.',
    },
    media_code_failed: {
      message: 'Une partie du programme d’appel n’a pas pu être chargée.',
      remedy: 'Vérifiez la connexion, puis rechargez la page.',
    },
    offline: {
      message: 'Cet appareil est hors ligne.',
      remedy: 'Connectez-le à Internet, puis réessayez.',
    },
    network_unreachable: {
      message: 'Le service d’appel est injoignable.',
      remedy: 'Vérifiez votre connexion à Internet, puis réessayez.',
    },
    connection_failed: {
      message: 'La connexion audio n’a pas pu être établie.',
      remedy: 'Vérifiez que le réseau autorise les appels, ou essayez-en un autre.',
    },
    connection_lost: {
      message: 'La connexion a été perdue.',
      remedy: 'Vérifiez la connexion et rappelez.',
    },
    agent_did_not_join: {
      message: 'Personne n’a répondu à l’appel.',
      remedy: 'Réessayez dans un instant.',
    },
    agent_failed: agentFailed,
    audio_blocked: {
      message: 'Le navigateur bloque le son tant que vous n’avez pas cliqué sur la page.',
      remedy: 'Cliquez sur la page pour entendre l’agent.',
    },
    text_not_sent: {
      message: 'Le message n’a pas pu être envoyé.',
      remedy: 'Envoyez-le à nouveau.',
    },
    aborted: {
      message: 'L’appel a été abandonné avant d’être connecté.',
      remedy: 'Appelez à nouveau.',
    },
    capacity_reached: {
      message: 'Toutes les lignes sont occupées.',
      remedy: 'Réessayez dans quelques minutes.',
    },
    rate_limited: {
      message: 'Trop d’appels pour le moment.',
      remedy: 'Attendez un peu, puis réessayez.',
    },
  },
  otherErrors: {
    config: notSetUp,
    provider: notSetUp,
    agent: agentFailed,
    network: {
      message: 'La connexion au serveur a échoué.',
      remedy: 'Vérifiez la connexion, puis réessayez.',
    },
    server: { message: 'Le serveur a rencontré une panne.', remedy: 'Réessayez dans un instant.' },
    user: { message: 'L’appel n’a pas abouti.', remedy: 'Réessayez dans un instant.' },
  },
  textFaults: {
    too_long: {
      message: 'Le message dépasse 2000 caractères.',
      remedy: 'Raccourcissez-le ou envoyez-le en plusieurs parties.',
    },
    too_fast: {
      message: 'Trop de messages en peu de temps.',
      remedy: 'Attendez quelques secondes, puis renvoyez-le.',
    },
    too_many: {
      message: 'Cet appel n’accepte plus de messages.',
      remedy: 'Dites-le, ou commencez un nouvel appel.',
    },
    call_over: {
      message: 'L’appel s’est terminé avant que l’agent ait lu le message.',
      remedy: 'Commencez un nouvel appel et renvoyez-le.',
    },
  },
};
