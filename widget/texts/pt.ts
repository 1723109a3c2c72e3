/** The Portuguese texts, as it is written in Brazil. */
import type { ErrorText, Texts } from './texts.js';

const tellOwner = 'Avise o dono deste site.';
const notSetUp: ErrorText = {
  message: 'A chamada está configurada incorretamente nesta página.',
  remedy: tellOwner,
};
const agentFailed: ErrorText = {
  message: 'O agente interrompeu a chamada.',
  remedy: 'Tente novamente em instantes.',
};

/** Loaded where the language is Portuguese. */
export const portuguese: Texts = {
  language: 'pt',
  call: 'Fale conosco',
  loading: 'A chamada está sendo carregada.',
  notLoaded: 'Não foi possível carregar a chamada. Tente novamente.',
  callAgain: 'Ligar novamente',
  cancel: 'Cancelar',
  hangUp: 'Desligar',
  mute: 'Silenciar',
  unmute: 'Ativar',
  muted: 'Seu microfone está silenciado',
  close: 'Fechar',
  tryAgain: 'Tentar novamente',
  tryAgainIn: 'Tente novamente {time}.',
  typeInstead: 'Escrever em vez de falar',
  you: 'Você',
  agent: 'Agente',
  conversation: 'Conversa',
  conversationEmpty: 'O que for dito aparece aqui.',
  textLabel: 'Escrever em vez de falar',
  textPlaceholder: 'Sua mensagem',
  send: 'Enviar',
  connected: 'Você está conectado.',
  reconnecting: 'Reconectando…',
  interrupted: 'A conexão foi interrompida.',
  ending: 'Encerrando a chamada…',
  soundBlocked: 'O navegador está bloqueando o som.',
  enableSound: 'Ativar o som',
  ended: 'Chamada encerrada',
  failed: 'A chamada não funcionou',
  duration: 'Duração',
  consentTitle: 'Antes de começar',
  agree: 'Concordar e ligar',
  decline: 'Agora não',
  startCall: 'Iniciar a chamada',
  optional: '(opcional)',
  choose: 'Escolha uma opção',
  fieldFaults: {
    required: 'Preencha este campo.',
    email: 'Informe um endereço completo, por exemplo nome@example.com.',
    tel: 'Informe um número de telefone, por exemplo +55 11 2345-6789.',
    number: 'Informe um número.',
  },
  rate: 'Como foi a chamada?',
  marks: { 1: 'Muito ruim', 2: 'Ruim', 3: 'Regular', 4: 'Boa', 5: 'Muito boa' },
  comment: 'O que você gostaria de nos dizer? (opcional)',
  thanks: 'Obrigado pela sua opinião.',
  devices: 'Microfone e som',
  microphone: 'Microfone',
  speaker: 'Alto-falante',
  volume: 'Volume',
  silentMicrophone: 'Não ouvimos nada do seu microfone. Ele está ligado?',
  chooseMicrophone: 'Escolher outro',
  allowMicrophone: {
    chrome: 'Clique no ícone à esquerda do endereço e ative o microfone.',
    edge: 'Clique no cadeado à esquerda do endereço e permita o microfone.',
    firefox:
      'Clique no microfone riscado à esquerda do endereço, remova o bloqueio e tente novamente.',
    safari: 'Escolha Safari > Ajustes para Este Site na barra de menus e permita o microfone.',
    ios: 'Toque no ícone ao lado do endereço, escolha os ajustes deste site e permita o microfone.',
    other: 'Permita o microfone para este site nas configurações do navegador e tente novamente.',
  },
  allowInSystem:
    'Permita que este navegador use o microfone nas configurações de privacidade do sistema.',
  startsByItself: 'A chamada começa sozinha assim que o microfone for permitido.',
  framed: 'Esta página está dentro de outra, que talvez não permita o uso do microfone.',
  openAlone: 'Abrir em uma aba própria',
  tellOwner,
  copyDetails: 'Copiar os detalhes técnicos',
  copied: 'Copiado.',
  hintTitle: 'dialnexa-call ainda não está configurado',
  region: 'Chamada de voz',
  languageMenu: 'Idioma',
  expand: 'Abrir a chamada',
  minimise: 'Minimizar',
  stages: {
    microphone: 'Permita o uso do microfone…',
    grant: 'Iniciando a chamada…',
    connecting: 'Conectando…',
    waiting_for_agent: 'Chamando…',
  },
  agentStates: {
    initializing: 'Preparando',
    idle: 'Pronto',
    listening: 'Ouvindo',
    thinking: 'Pensando',
    speaking: 'Falando',
    gone: 'Desconectado',
  },
  endReasons: {
    user_disconnected: 'Você desligou.',
    agent_disconnected: 'O agente encerrou a chamada.',
    user_did_not_pick_up: 'Ninguém atendeu.',
    user_busy: 'A linha estava ocupada.',
    user_unreachable: 'Não foi possível contatar a linha.',
    invalid_phone_number: 'O número não é válido.',
    destination_forbidden: 'Não é permitido ligar para este destino.',
    network_failure: 'A conexão foi perdida.',
    voicemail_detected: 'Uma caixa postal atendeu.',
    system_failure: 'Uma falha técnica encerrou a chamada.',
    system_at_capacity: 'Todas as linhas estão ocupadas.',
    insufficient_balance: 'O serviço não está disponível no momento.',
    unknown: 'A chamada terminou.',
    terminated_by_api: 'O operador encerrou a chamada.',
    max_duration_reached: 'A chamada atingiu a duração máxima.',
    silence_timeout: 'Nada foi dito por um tempo e a chamada foi encerrada.',
    agent_did_not_join: 'Ninguém atendeu a chamada.',
    caller_never_joined: 'Ninguém entrou na chamada a tempo.',
    microphone_denied: 'O microfone não foi permitido.',
    page_closed: 'A página foi fechada.',
  },
  errors: {
    call_elsewhere: {
      message: 'Já há uma chamada em andamento neste navegador.',
      remedy: 'Encerre-a primeiro ou continue nela.',
    },
    unsupported_browser: {
      message: 'Este navegador não permite fazer chamadas.',
      remedy: 'Use uma versão atual do Chrome, Edge, Firefox ou Safari.',
    },
    insecure_context: {
      message: 'O navegador só permite o microfone em páginas seguras.',
      remedy: 'Abra esta página com https.',
    },
    microphone_denied: {
      message: 'O microfone está bloqueado para esta página.',
      remedy: 'Permita-o nas configurações do navegador e tente novamente.',
    },
    microphone_dismissed: {
      message: 'A pergunta sobre o microfone ficou sem resposta.',
      remedy: 'Tente novamente e escolha “Permitir”.',
    },
    microphone_in_use: {
      message: 'Talvez outro programa esteja usando o microfone.',
      remedy: 'Feche outros programas e tente novamente.',
    },
    microphone_not_found: {
      message: 'Nenhum microfone foi encontrado.',
      remedy: 'Conecte um microfone e tente novamente.',
    },
    microphone_failed: {
      message: 'Não foi possível abrir o microfone.',
      remedy: 'Tente novamente em instantes.',
    },
    microphone_lost: {
      message: 'O microfone foi desconectado durante a chamada.',
      remedy: 'Conecte um microfone ou escolha outro.',
    },
    speaker_unsupported: {
      message: 'Este navegador não permite trocar o alto-falante.',
      remedy: 'Escolha o alto-falante nas configurações de som do sistema.',
    },
    media_code_failed: {
      message: 'Uma parte do programa de chamadas não pôde ser carregada.',
      remedy: 'Verifique a conexão e recarregue a página.',
    },
    offline: {
      message: 'Este dispositivo está sem conexão.',
      remedy: 'Conecte-o à internet e tente novamente.',
    },
    network_unreachable: {
      message: 'Não foi possível acessar o serviço de chamadas.',
      remedy: 'Verifique sua conexão com a internet e tente novamente.',
    },
    connection_failed: {
      message: 'Não foi possível estabelecer a conexão de áudio.',
      remedy: 'Verifique se sua rede permite chamadas ou tente outra.',
    },
    connection_lost: {
      message: 'A conexão foi perdida.',
      remedy: 'Verifique a conexão e ligue novamente.',
    },
    agent_did_not_join: {
      message: 'Ninguém atendeu a chamada.',
      remedy: 'Tente novamente em instantes.',
    },
    agent_failed: agentFailed,
    audio_blocked: {
      message: 'O navegador bloqueia o som até você clicar na página.',
      remedy: 'Clique na página para ouvir o agente.',
    },
    text_not_sent: { message: 'Não foi possível enviar a mensagem.', remedy: 'Envie-a novamente.' },
    aborted: {
      message: 'A chamada foi abandonada antes de ser conectada.',
      remedy: 'Ligue novamente.',
    },
    capacity_reached: {
      message: 'Todas as linhas estão ocupadas.',
      remedy: 'Tente novamente em alguns minutos.',
    },
    rate_limited: {
      message: 'Há chamadas demais no momento.',
      remedy: 'Espere um pouco e tente novamente.',
    },
  },
  otherErrors: {
    config: notSetUp,
    provider: notSetUp,
    agent: agentFailed,
    network: {
      message: 'A conexão com o servidor falhou.',
      remedy: 'Verifique a conexão e tente novamente.',
    },
    server: { message: 'O servidor falhou.', remedy: 'Tente novamente em instantes.' },
    user: { message: 'A chamada não funcionou.', remedy: 'Tente novamente em instantes.' },
  },
  textFaults: {
    too_long: {
      message: 'A mensagem tem mais de 2000 caracteres.',
      remedy: 'Encurte-a ou envie-a em partes.',
    },
    too_fast: {
      message: 'Muitas mensagens em pouco tempo.',
      remedy: 'Espere alguns segundos e envie novamente.',
    },
    too_many: {
      message: 'Esta chamada não aceita mais mensagens.',
      remedy: 'Diga em voz alta ou inicie uma nova chamada.',
    },
    call_over: {
      message: 'A chamada terminou antes de o agente ler a mensagem.',
      remedy: 'Inicie uma nova chamada e envie-a novamente.',
    },
  },
};
