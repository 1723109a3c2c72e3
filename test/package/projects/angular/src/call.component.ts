import {
  ChangeDetectionStrategy,
  Component,
  CUSTOM_ELEMENTS_SCHEMA,
  ElementRef,
  signal,
  viewChild,
} from '@angular/core';
import '@dialnexa/web-call/widget/define';
import type { DialNexaCallElement } from '@dialnexa/web-call/widget';

const { VITE_API_KEY, VITE_AGENT_ID, VITE_SERVER_URL } = import.meta.env;

@Component({
  selector: 'app-call',
  changeDetection: ChangeDetectionStrategy.OnPush,
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <main>
      <h1>A call</h1>
      <dialnexa-call
        #call
        [apiKey]="apiKey"
        [agentId]="agentId"
        [serverUrl]="serverUrl"
        lang="en"
        [variables]="{ visitor: 'Ann' }"
        [metadata]="{ plan: 'pro' }"
        (dialnexa-ended)="ended($event.detail.endReason)"
      ></dialnexa-call>
      <output>{{ end() }}</output>
    </main>
  `,
})
export class CallComponent {
  protected readonly apiKey = VITE_API_KEY;
  protected readonly agentId = VITE_AGENT_ID;
  protected readonly serverUrl = VITE_SERVER_URL;
  protected readonly end = signal('');
  private readonly call = viewChild.required<ElementRef<DialNexaCallElement>>('call');

  protected ended(reason: string): void {
    this.end.set(`${reason} ${this.call().nativeElement.state.status}`);
  }
}
