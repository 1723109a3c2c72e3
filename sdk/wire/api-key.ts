/** Types of API keys in REST. */
export type {
  ApiKey,
  ApiKeyKind,
  CreateApiKeyRequest,
  CreatedApiKey,
  KeyLimits,
  UpdateApiKeyRequest,
} from './generated.js';
