/** Agents and their versions as REST shows them. */
export type {
  Agent,
  AgentFunction,
  AgentVersion,
  CallTransferFunction,
  CustomFunction,
  EndCallFunction,
  LlmProvider,
  LlmSettings,
  PostCallField,
  SettingChange,
  SttProvider,
  TranscriberSettings,
  TtsProvider,
  VersionSettings,
  VoiceSettings,
} from './generated.js';
