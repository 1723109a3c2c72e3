/** API keys as REST shows them. */
export type {
  ApiKey,
  ApiKeyKind,
  CreateApiKeyRequest,
  CreatedApiKey,
  KeyLimits,
  UpdateApiKeyRequest,
} from './generated.js';
