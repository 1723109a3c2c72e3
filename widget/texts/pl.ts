/** The Polish texts. */
import type { ErrorText, Texts } from './texts.js';

const tellOwner = 'Powiadom właściciela tej strony.';
const notSetUp: ErrorText = {
  message: 'Rozmowa jest źle skonfigurowana na tej stronie.',
  remedy: tellOwner,
};
const agentFailed: ErrorText = {
  message: 'Agent przerwał rozmowę.',
  remedy: 'Spróbuj ponownie za chwilę.',
};

/** Loaded where the language is Polish. */
export const polish: Texts = {
  language: 'pl',
  call: 'Porozmawiaj z nami',
  loading: 'Trwa ładowanie rozmowy.',
  notLoaded: 'Nie udało się załadować rozmowy. Spróbuj ponownie.',
  callAgain: 'Zadzwoń ponownie',
  cancel: 'Anuluj',
  hangUp: 'Rozłącz',
  mute: 'Wycisz',
  unmute: 'Włącz',
  muted: 'Mikrofon jest wyciszony',
  close: 'Zamknij',
  tryAgain: 'Spróbuj ponownie',
  you: 'Ty',
  agent: 'Agent',
  conversation: 'Rozmowa',
  conversationEmpty: 'Tutaj pojawi się to, co zostanie powiedziane.',
  textLabel: 'Pisz zamiast mówić',
  textPlaceholder: 'Wiadomość',
  send: 'Wyślij',
  connected: 'Połączono.',
  reconnecting: 'Ponowne łączenie…',
  interrupted: 'Połączenie zostało przerwane.',
  ending: 'Kończenie połączenia…',
  soundBlocked: 'Przeglądarka blokuje dźwięk.',
  enableSound: 'Włącz dźwięk',
  ended: 'Rozmowa zakończona',
  failed: 'Rozmowa się nie udała',
  duration: 'Czas trwania',
  consentTitle: 'Zanim zaczniemy',
  agree: 'Zgadzam się, zadzwoń',
  decline: 'Nie teraz',
  startCall: 'Rozpocznij rozmowę',
  optional: '(opcjonalnie)',
  choose: 'Wybierz',
  fieldFaults: {
    required: 'Wypełnij to pole.',
    email: 'Podaj pełny adres, np. nazwa@example.com.',
    tel: 'Podaj numer telefonu, np. +48 22 123 45 67.',
    number: 'Podaj liczbę.',
  },
  rate: 'Jak przebiegła rozmowa?',
  marks: { 1: 'Bardzo źle', 2: 'Źle', 3: 'Przeciętnie', 4: 'Dobrze', 5: 'Bardzo dobrze' },
  comment: 'Co chcesz nam przekazać? (opcjonalnie)',
  thanks: 'Dziękujemy za opinię.',
  devices: 'Mikrofon i dźwięk',
  microphone: 'Mikrofon',
  speaker: 'Głośnik',
  volume: 'Głośność',
  silentMicrophone: 'Nie słyszymy nic z mikrofonu. Czy jest włączony?',
  chooseMicrophone: 'Wybierz inny',
  allowMicrophone: {
    chrome: 'Kliknij ikonę po lewej stronie adresu i włącz mikrofon.',
    edge: 'Kliknij kłódkę po lewej stronie adresu i zezwól na mikrofon.',
    firefox:
      'Kliknij przekreślony mikrofon po lewej stronie adresu, usuń blokadę i spróbuj ponownie.',
    safari: 'Wybierz na pasku menu Safari > Ustawienia dla tej witryny i zezwól na mikrofon.',
    ios: 'Stuknij ikonę obok adresu, wybierz ustawienia tej witryny i zezwól na mikrofon.',
    other: 'Zezwól na mikrofon dla tej witryny w ustawieniach przeglądarki i spróbuj ponownie.',
  },
  allowInSystem:
    'Zezwól tej przeglądarce na używanie mikrofonu w ustawieniach prywatności systemu.',
  startsByItself: 'Rozmowa zacznie się sama, gdy tylko mikrofon zostanie dozwolony.',
  framed: 'Ta strona jest wyświetlana w innej, która może jej nie pozwalać na użycie mikrofonu.',
  openAlone: 'Otwórz w osobnej karcie',
  tellOwner,
  copyDetails: 'Skopiuj dane techniczne',
  copied: 'Skopiowano.',
  hintTitle: 'dialnexa-call nie jest jeszcze skonfigurowany',
  region: 'Rozmowa głosowa',
  languageMenu: 'Język',
  expand: 'Otwórz rozmowę',
  minimise: 'Zminimalizuj',
  stages: {
    microphone: 'Zezwól na użycie mikrofonu…',
    grant: 'Nawiązywanie rozmowy…',
    connecting: 'Łączenie…',
    waiting_for_agent: 'Dzwoni…',
  },
  agentStates: {
    initializing: 'Chwileczkę',
    idle: 'Gotowy',
    listening: 'Słucha',
    thinking: 'Myśli',
    speaking: 'Mówi',
    gone: 'Rozłączony',
  },
  endReasons: {
    user_disconnected: 'Rozmowa została przez Ciebie zakończona.',
    agent_disconnected: 'Agent zakończył rozmowę.',
    user_did_not_pick_up: 'Nikt nie odebrał.',
    user_busy: 'Linia była zajęta.',
    user_unreachable: 'Linia była nieosiągalna.',
    invalid_phone_number: 'Numer jest nieprawidłowy.',
    destination_forbidden: 'Z tym numerem nie można się połączyć.',
    network_failure: 'Połączenie zostało utracone.',
    voicemail_detected: 'Odezwała się poczta głosowa.',
    system_failure: 'Usterka techniczna zakończyła rozmowę.',
    system_at_capacity: 'Wszystkie linie są zajęte.',
    insufficient_balance: 'Usługa jest chwilowo niedostępna.',
    unknown: 'Rozmowa się zakończyła.',
    terminated_by_api: 'Operator zakończył rozmowę.',
    max_duration_reached: 'Rozmowa osiągnęła maksymalny czas trwania.',
    silence_timeout: 'Przez pewien czas nic nie powiedziano, więc rozmowa została zakończona.',
    agent_did_not_join: 'Nikt nie odebrał rozmowy.',
    caller_never_joined: 'Nie dołączono do rozmowy na czas.',
    microphone_denied: 'Nie zezwolono na użycie mikrofonu.',
    page_closed: 'Strona została zamknięta.',
  },
  errors: {
    call_elsewhere: {
      message: 'W tej przeglądarce trwa już rozmowa.',
      remedy: 'Najpierw ją zakończ albo ją kontynuuj.',
    },
    unsupported_browser: {
      message: 'Ta przeglądarka nie umożliwia rozmów.',
      remedy: 'Użyj aktualnej wersji Chrome, Edge, Firefox lub Safari.',
    },
    insecure_context: {
      message: 'Przeglądarka zezwala na mikrofon tylko na bezpiecznych stronach.',
      remedy: 'Otwórz tę stronę przez https.',
    },
    microphone_denied: {
      message: 'Mikrofon jest zablokowany na tej stronie.',
      remedy: 'Zezwól na niego w ustawieniach przeglądarki i spróbuj ponownie.',
    },
    microphone_dismissed: {
      message: 'Pytanie o mikrofon pozostało bez odpowiedzi.',
      remedy: 'Spróbuj ponownie i wybierz „Zezwól”.',
    },
    microphone_in_use: {
      message: 'Być może inny program używa mikrofonu.',
      remedy: 'Zamknij inne programy i spróbuj ponownie.',
    },
    microphone_not_found: {
      message: 'Nie znaleziono mikrofonu.',
      remedy: 'Podłącz mikrofon i spróbuj ponownie.',
    },
    microphone_failed: {
      message: 'Nie udało się włączyć mikrofonu.',
      remedy: 'Spróbuj ponownie za chwilę.',
    },
    microphone_lost: {
      message: 'Mikrofon został odłączony podczas rozmowy.',
      remedy: 'Podłącz mikrofon lub wybierz inny.',
    },
    speaker_unsupported: {
      message: 'Ta przeglądarka nie może zmienić głośnika.',
      remedy: 'Wybierz głośnik w ustawieniach dźwięku systemu.',
    },
    media_code_failed: {
      message: 'Nie udało się załadować części programu do rozmów.',
      remedy: 'Sprawdź połączenie i odśwież stronę.',
    },
    offline: {
      message: 'To urządzenie jest offline.',
      remedy: 'Połącz je z internetem i spróbuj ponownie.',
    },
    network_unreachable: {
      message: 'Serwer jest nieosiągalny; przeglądarka nie podaje przyczyny.',
      remedy: 'Sprawdź połączenie oraz czy coś nie blokuje serwera, i spróbuj ponownie.',
    },
    connection_failed: {
      message: 'Nie udało się nawiązać połączenia dźwiękowego.',
      remedy: 'Sprawdź, czy sieć pozwala na rozmowy, lub użyj innej.',
    },
    connection_lost: {
      message: 'Połączenie zostało utracone.',
      remedy: 'Sprawdź połączenie i zadzwoń ponownie.',
    },
    agent_did_not_join: {
      message: 'Nikt nie odebrał rozmowy.',
      remedy: 'Spróbuj ponownie za chwilę.',
    },
    agent_failed: agentFailed,
    audio_blocked: {
      message: 'Przeglądarka blokuje dźwięk, dopóki nie klikniesz strony.',
      remedy: 'Kliknij stronę, aby usłyszeć agenta.',
    },
    text_not_sent: { message: 'Nie udało się wysłać wiadomości.', remedy: 'Wyślij ją ponownie.' },
    aborted: { message: 'Zrezygnowano z rozmowy przed połączeniem.', remedy: 'Zadzwoń ponownie.' },
    capacity_reached: {
      message: 'Wszystkie linie są zajęte.',
      remedy: 'Spróbuj ponownie za kilka minut.',
    },
    rate_limited: {
      message: 'W tej chwili jest zbyt wiele rozmów.',
      remedy: 'Poczekaj chwilę i spróbuj ponownie.',
    },
  },
  otherErrors: {
    config: notSetUp,
    provider: notSetUp,
    agent: agentFailed,
    network: {
      message: 'Połączenie z serwerem nie powiodło się.',
      remedy: 'Sprawdź połączenie i spróbuj ponownie.',
    },
    server: { message: 'Wystąpiła awaria serwera.', remedy: 'Spróbuj ponownie za chwilę.' },
    user: { message: 'Rozmowa się nie udała.', remedy: 'Spróbuj ponownie za chwilę.' },
  },
  textFaults: {
    too_long: {
      message: 'Wiadomość ma ponad 2000 znaków.',
      remedy: 'Skróć ją lub wyślij w częściach.',
    },
    too_fast: {
      message: 'Zbyt wiele wiadomości w krótkim czasie.',
      remedy: 'Poczekaj kilka sekund i wyślij ją ponownie.',
    },
    too_many: {
      message: 'Ta rozmowa nie przyjmuje już wiadomości.',
      remedy: 'Powiedz to lub rozpocznij nową rozmowę.',
    },
    call_over: {
      message: 'Rozmowa skończyła się, zanim agent przeczytał wiadomość.',
      remedy: 'Rozpocznij nową rozmowę i wyślij ją ponownie.',
    },
  },
};
