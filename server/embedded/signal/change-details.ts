// Changes a participant's name, metadata and attributes, within the limits.
import { RequestResponse_Reason } from '@livekit/protocol';
import type { Participant } from '../rooms/participant.js';
import { MAX_ATTRIBUTE_BYTES, MAX_METADATA_BYTES, MAX_NAME_BYTES } from './admission.js';

/** The details to change; undefined ones stay. */
export interface DetailChange {
  readonly name: string;
  readonly metadata: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Changes the given details; an empty attribute value deletes the attribute. Returns OK or the reason of a refusal. */
export function changeDetails(
  participant: Participant,
  change: DetailChange,
  permission: { readonly canUpdateMetadata: boolean },
): RequestResponse_Reason {
  if (!permission.canUpdateMetadata) return RequestResponse_Reason.NOT_ALLOWED;
  const attributes = { ...participant.attributes, ...change.attributes };
  const size = Object.entries(attributes).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  if (
    size > MAX_ATTRIBUTE_BYTES ||
    Buffer.byteLength(change.metadata) > MAX_METADATA_BYTES ||
    Buffer.byteLength(change.name) > MAX_NAME_BYTES
  ) {
    return RequestResponse_Reason.LIMIT_EXCEEDED;
  }
  if (change.name) participant.name = change.name;
  if (change.metadata) participant.metadata = change.metadata;
  participant.attributes = Object.fromEntries(
    Object.entries(attributes).filter(([, value]) => value !== ''),
  );
  return RequestResponse_Reason.OK;
}
