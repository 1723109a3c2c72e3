/** Types of `POST /v1/web-calls`, `POST /v1/web-calls/{call_id}/terminate` and `GET /v1/web-calls/{call_id}`. */
export type {
  Consent,
  CreateWebCallRequest,
  CreateWebCallResponse,
  TerminateWebCallRequest,
  TerminateWebCallResponse,
  VariableValue,
} from './generated.js';
