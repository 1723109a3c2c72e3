import '@dialnexa/web-call/widget/define';
import { DialNexaCall } from '@dialnexa/web-call/react';

/** What may be missing is given as it is. */
const given: { place?: 'bottom-right' } = {};

export const component = (
  <DialNexaCall
    apiKey="dnx_pk_1"
    variables={{ name: 'Ann' }}
    placement={given.place}
    className="call"
    ref={(element) => void element?.start()}
    ondialnexa-ended={(event) => event.detail.endReason.length}
  />
);
// @ts-expect-error there is no such place
export const lost = <DialNexaCall placement="middle" />;
export const page = (
  <dialnexa-call
    api-key="dnx_pk_1"
    agentId="agent_1"
    variables='{"name":"Ann"}'
    metadata={{ plan: 'pro' }}
    placement="bottom-right"
    className="call"
    ref={(element) => void element?.start()}
    ondialnexa-ended={(event) => event.detail.endReason.length}
  >
    <b slot="label">Call</b>
  </dialnexa-call>
);
// @ts-expect-error there is no such place
export const wrong = <dialnexa-call placement="middle" />;
// @ts-expect-error there is no such property
export const misspelt = <dialnexa-call agentid="agent_1" />;
