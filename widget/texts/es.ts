/** The Spanish texts. */
import type { ErrorText, Texts } from './texts.js';

const tellOwner = 'Avise al propietario de este sitio.';
const notSetUp: ErrorText = {
  message: 'La llamada está mal configurada en esta página.',
  remedy: tellOwner,
};
const agentFailed: ErrorText = {
  message: 'El agente interrumpió la llamada.',
  remedy: 'Inténtelo de nuevo en un momento.',
};

/** Loaded where the language is Spanish. */
export const spanish: Texts = {
  language: 'es',
  call: 'Hable con nosotros',
  loading: 'La llamada se está cargando.',
  notLoaded: 'No se pudo cargar la llamada. Inténtelo de nuevo.',
  callAgain: 'Volver a llamar',
  cancel: 'Cancelar',
  hangUp: 'Colgar',
  mute: 'Silenciar',
  unmute: 'Activar',
  muted: 'Su micrófono está silenciado',
  close: 'Cerrar',
  tryAgain: 'Intentar de nuevo',
  tryAgainIn: 'Vuelva a intentarlo {time}.',
  typeInstead: 'Escribir en su lugar',
  you: 'Usted',
  agent: 'Agente',
  conversation: 'Conversación',
  conversationEmpty: 'Aquí aparece lo que se dice.',
  textLabel: 'Escribir en lugar de hablar',
  textPlaceholder: 'Su mensaje',
  send: 'Enviar',
  connected: 'Está conectado.',
  reconnecting: 'Reconectando…',
  interrupted: 'Se interrumpió la conexión.',
  ending: 'Finalizando la llamada…',
  soundBlocked: 'El navegador está bloqueando el sonido.',
  enableSound: 'Activar el sonido',
  ended: 'Llamada finalizada',
  failed: 'La llamada no funcionó',
  duration: 'Duración',
  consentTitle: 'Antes de empezar',
  agree: 'Aceptar y llamar',
  decline: 'Ahora no',
  startCall: 'Iniciar la llamada',
  optional: '(opcional)',
  choose: 'Elija una opción',
  fieldFaults: {
    required: 'Rellene este campo.',
    email: 'Indique una dirección completa, p. ej. nombre@example.com.',
    tel: 'Indique un número de teléfono, p. ej. +34 912 345 678.',
    number: 'Indique un número.',
  },
  rate: '¿Qué tal fue la llamada?',
  marks: { 1: 'Muy mal', 2: 'Mal', 3: 'Normal', 4: 'Bien', 5: 'Muy bien' },
  comment: '¿Qué quiere contarnos? (opcional)',
  thanks: 'Gracias por su opinión.',
  devices: 'Micrófono y sonido',
  microphone: 'Micrófono',
  speaker: 'Altavoz',
  volume: 'Volumen',
  silentMicrophone: 'No se oye nada de su micrófono. ¿Está encendido?',
  chooseMicrophone: 'Elegir otro',
  allowMicrophone: {
    chrome: 'Haga clic en el icono a la izquierda de la dirección y active el micrófono.',
    edge: 'Haga clic en el candado a la izquierda de la dirección y permita el micrófono.',
    firefox:
      'Haga clic en el micrófono tachado a la izquierda de la dirección, quite el bloqueo e inténtelo de nuevo.',
    safari:
      'Elija Safari > Ajustes para este sitio web en la barra de menús y permita el micrófono.',
    ios: 'Toque el icono junto a la dirección, elija los ajustes de este sitio web y permita el micrófono.',
    other:
      'Permita el micrófono para este sitio en los ajustes del navegador e inténtelo de nuevo.',
  },
  allowInSystem:
    'Permita que este navegador use el micrófono en los ajustes de privacidad del sistema.',
  startsByItself: 'La llamada empieza sola en cuanto se permita el micrófono.',
  framed: 'Esta página se muestra dentro de otra, que quizá no le permita usar el micrófono.',
  openAlone: 'Abrirla en una pestaña propia',
  tellOwner,
  copyDetails: 'Copiar los detalles técnicos',
  copied: 'Copiado.',
  hintTitle: 'dialnexa-call aún no está configurado',
  region: 'Llamada de voz',
  languageMenu: 'Idioma',
  expand: 'Abrir la llamada',
  minimise: 'Minimizar',
  stages: {
    microphone: 'Permita el uso del micrófono…',
    grant: 'Iniciando la llamada…',
    connecting: 'Conectando…',
    waiting_for_agent: 'Llamando…',
  },
  agentStates: {
    initializing: 'Preparándose',
    idle: 'Listo',
    listening: 'Escuchando',
    thinking: 'Pensando',
    speaking: 'Hablando',
    gone: 'Desconectado',
  },
  endReasons: {
    user_disconnected: 'Usted colgó.',
    agent_disconnected: 'El agente finalizó la llamada.',
    user_did_not_pick_up: 'Nadie contestó.',
    user_busy: 'La línea estaba ocupada.',
    user_unreachable: 'No se pudo contactar con la línea.',
    invalid_phone_number: 'El número no es válido.',
    destination_forbidden: 'No se puede llamar a este destino.',
    network_failure: 'Se perdió la conexión.',
    voicemail_detected: 'Contestó un buzón de voz.',
    system_failure: 'Un fallo técnico finalizó la llamada.',
    system_at_capacity: 'Todas las líneas están ocupadas.',
    insufficient_balance: 'El servicio no está disponible en este momento.',
    unknown: 'La llamada ha terminado.',
    terminated_by_api: 'El operador finalizó la llamada.',
    max_duration_reached: 'La llamada alcanzó su duración máxima.',
    silence_timeout: 'No se dijo nada durante un rato y la llamada se finalizó.',
    agent_did_not_join: 'Nadie contestó la llamada.',
    caller_never_joined: 'No se entró a tiempo en la llamada.',
    microphone_denied: 'No se permitió el micrófono.',
    page_closed: 'Se cerró la página.',
  },
  errors: {
    call_elsewhere: {
      message: 'Ya hay una llamada en curso en este navegador.',
      remedy: 'Finalícela primero o continúe en ella.',
    },
    unsupported_browser: {
      message: 'Este navegador no permite hacer llamadas.',
      remedy: 'Use una versión actual de Chrome, Edge, Firefox o Safari.',
    },
    insecure_context: {
      message: 'El navegador solo permite el micrófono en páginas seguras.',
      remedy: 'Abra esta página con https.',
    },
    microphone_denied: {
      message: 'El micrófono está bloqueado para esta página.',
      remedy: 'Permítalo en los ajustes del navegador e inténtelo de nuevo.',
    },
    microphone_dismissed: {
      message: 'La pregunta sobre el micrófono quedó sin respuesta.',
      remedy: 'Inténtelo de nuevo y elija «Permitir».',
    },
    microphone_in_use: {
      message: 'Puede que otro programa esté usando el micrófono.',
      remedy: 'Cierre otros programas e inténtelo de nuevo.',
    },
    microphone_not_found: {
      message: 'No se encontró ningún micrófono.',
      remedy: 'Conecte un micrófono e inténtelo de nuevo.',
    },
    microphone_failed: {
      message: 'No se pudo abrir el micrófono.',
      remedy: 'Inténtelo de nuevo en un momento.',
    },
    microphone_lost: {
      message: 'El micrófono se desconectó durante la llamada.',
      remedy: 'Conecte un micrófono o elija otro.',
    },
    speaker_unsupported: {
      message: 'Este navegador no puede cambiar de altavoz.',
      remedy: 'Elija el altavoz en los ajustes de sonido del sistema.',
    },
    media_code_failed: {
      message: 'No se pudo cargar una parte del programa de llamadas.',
      remedy: 'Compruebe la conexión y recargue la página.',
    },
    offline: {
      message: 'Este dispositivo no tiene conexión.',
      remedy: 'Conéctelo a Internet e inténtelo de nuevo.',
    },
    network_unreachable: {
      message: 'No se puede acceder al servicio de llamadas.',
      remedy: 'Compruebe su conexión a Internet e inténtelo de nuevo.',
    },
    connection_failed: {
      message: 'No se pudo establecer la conexión de audio.',
      remedy: 'Compruebe si su red permite llamadas o pruebe con otra.',
    },
    connection_lost: {
      message: 'Se perdió la conexión.',
      remedy: 'Compruebe la conexión y vuelva a llamar.',
    },
    agent_did_not_join: {
      message: 'Nadie contestó la llamada.',
      remedy: 'Inténtelo de nuevo en un momento.',
    },
    agent_failed: agentFailed,
    audio_blocked: {
      message: 'El navegador bloquea el sonido hasta que haga clic en la página.',
      remedy: 'Haga clic en la página para oír al agente.',
    },
    text_not_sent: { message: 'No se pudo enviar el mensaje.', remedy: 'Envíelo de nuevo.' },
    aborted: { message: 'La llamada se abandonó antes de conectarse.', remedy: 'Llame de nuevo.' },
    capacity_reached: {
      message: 'Todas las líneas están ocupadas.',
      remedy: 'Inténtelo de nuevo en unos minutos.',
    },
    rate_limited: {
      message: 'Hay demasiadas llamadas en este momento.',
      remedy: 'Espere un poco e inténtelo de nuevo.',
    },
  },
  otherErrors: {
    config: notSetUp,
    provider: notSetUp,
    agent: agentFailed,
    network: {
      message: 'Falló la conexión con el servidor.',
      remedy: 'Compruebe la conexión e inténtelo de nuevo.',
    },
    server: { message: 'El servidor ha fallado.', remedy: 'Inténtelo de nuevo en un momento.' },
    user: { message: 'La llamada no funcionó.', remedy: 'Inténtelo de nuevo en un momento.' },
  },
  textFaults: {
    too_long: {
      message: 'El mensaje tiene más de 2000 caracteres.',
      remedy: 'Acórtelo o envíelo por partes.',
    },
    too_fast: {
      message: 'Demasiados mensajes en poco tiempo.',
      remedy: 'Espere unos segundos y envíelo de nuevo.',
    },
    too_many: {
      message: 'Esta llamada ya no acepta mensajes.',
      remedy: 'Dígalo, o empiece una llamada nueva.',
    },
    call_over: {
      message: 'La llamada terminó antes de que el agente leyera el mensaje.',
      remedy: 'Empiece una llamada nueva y envíelo de nuevo.',
    },
  },
};
